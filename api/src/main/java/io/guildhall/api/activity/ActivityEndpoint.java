package io.guildhall.api.activity;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import io.guildhall.api.web.RequestValidation;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ListActivities;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** R19: trails, page by page; newest first unless asked otherwise. */
@RestController
class ActivityEndpoint {

    private static final String OLDEST_FIRST = "asc";
    private static final List<String> ORDERS = List.of(OLDEST_FIRST, "desc");

    private final QueryDispatcher queries;

    ActivityEndpoint(QueryDispatcher queries) {
        this.queries = queries;
    }

    @GetMapping("/v1/activities")
    @RequiresPermission(Permission.TRAIL_READ)
    ActivitiesReply ofOrganization(
            @ParameterObject @ModelAttribute ActivityFilterParams wish,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String cursor,
            PageParameters pageParameters,
            Caller caller) {
        return page(caller.organization(), wish, order, cursor, pageParameters);
    }

    @GetMapping("/v1/account/activities")
    @RequiresPermission(Permission.USER_MANAGE)
    ActivitiesReply ofUser(
            @ParameterObject @ModelAttribute ActivityFilterParams wish,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String cursor,
            PageParameters pageParameters,
            Caller caller) {
        return page(caller.user(), wish, order, cursor, pageParameters);
    }

    private ActivitiesReply page(
            UUID trail,
            ActivityFilterParams wish,
            @Nullable String order,
            @Nullable String cursor,
            PageParameters pageParameters) {
        boolean oldestFirst = isOldestFirst(order);
        ActivityFilter filter = wish.filter();
        var cursors = new Cursor(trail, filter, oldestFirst);
        Long beyond = cursor == null || cursor.isEmpty() ? null : Long.valueOf(cursors.read(cursor));
        if (beyond != null && pageParameters.offset() > 0) {
            throw ActivityFilterParams.malformed("offset", "offset cannot go with a cursor.");
        }
        ActivityPage page = queries.ask(
                new ListActivities(trail, filter, oldestFirst, beyond, pageParameters.limit(), pageParameters.offset()),
                ActivityPage.class);
        if (beyond != null && beyond > page.head()) {
            throw ActivityFilterParams.malformed(
                    "cursor", "cursor is beyond the end of the trail. Start over without it.");
        }
        Long next = page.next();
        if (next != null && pageParameters.offset() > 0 && page.activities().size() < page.limit()) {
            throw ActivityFilterParams.malformed(
                    "offset", "offset is too far for this search. Go on by cursor instead.");
        }
        return new ActivitiesReply(
                page.activities(),
                page.limit(),
                page.offset(),
                next != null,
                next == null ? null : cursors.after(next));
    }

    /** Clients of the contract send none as an empty string. */
    private static boolean isOldestFirst(@Nullable String order) {
        return order != null
                && !order.isEmpty()
                && RequestValidation.all("order", List.of(order), ORDERS).contains(OLDEST_FIRST);
    }
}
