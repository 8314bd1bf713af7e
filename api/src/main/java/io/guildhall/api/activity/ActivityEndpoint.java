package io.guildhall.api.activity;

import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Paging;
import io.guildhall.api.web.Permission;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.Who;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ListActivities;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** R19: newest first. */
@RestController
class ActivityEndpoint {

    private final Queries queries;

    ActivityEndpoint(Queries queries) {
        this.queries = queries;
    }

    @GetMapping("/v1/activities")
    @Permitted(value = Who.MEMBER, needs = Permission.TRAIL_READ)
    ActivityPage ofOrganization(
            @RequestParam(required = false) @Nullable List<String> types, Paging paging, Caller caller) {
        return queries.ask(
                new ListActivities(
                        caller.organization(), types == null ? List.of() : types, paging.limit(), paging.offset()),
                ActivityPage.class);
    }

    @GetMapping("/v1/account/activities")
    @Permitted(Who.ACCOUNT)
    ActivityPage ofAccount(Paging paging, Caller caller) {
        return queries.ask(
                new ListActivities(caller.account(), List.of(), paging.limit(), paging.offset()), ActivityPage.class);
    }
}
