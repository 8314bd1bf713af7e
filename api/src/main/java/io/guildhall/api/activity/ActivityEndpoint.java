package io.guildhall.api.activity;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.PageParameters;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ListActivities;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** R19: trails, page by page; newest first unless asked otherwise. */
@RestController
class ActivityEndpoint {

    private static final String ORDERS = "asc, desc";

    private final QueryDispatcher queries;

    ActivityEndpoint(QueryDispatcher queries) {
        this.queries = queries;
    }

    @GetMapping("/v1/activities")
    @RequiresPermission(Permission.TRAIL_READ)
    ActivitiesReply ofOrganization(
            @ParameterObject @ModelAttribute ActivityFilterParams wish,
            @RequestParam(defaultValue = "desc") @OneOf(ORDERS) String order,
            @RequestParam(defaultValue = "") String cursor,
            PageParameters page,
            Caller caller) {
        return page(caller.organization(), wish, order, cursor, page);
    }

    @GetMapping("/v1/account/activities")
    @RequiresPermission(Permission.USER_MANAGE)
    ActivitiesReply ofUser(
            @ParameterObject @ModelAttribute ActivityFilterParams wish,
            @RequestParam(defaultValue = "desc") @OneOf(ORDERS) String order,
            @RequestParam(defaultValue = "") String cursor,
            PageParameters page,
            Caller caller) {
        return page(caller.user(), wish, order, cursor, page);
    }

    private ActivitiesReply page(
            UUID trail, ActivityFilterParams wish, String order, String cursor, PageParameters page) {
        boolean oldestFirst = order.equals("asc");
        ActivityFilter filter = wish.filter();
        var cursors = new Cursor(trail, filter, oldestFirst);
        Long beyond = cursor.isEmpty() ? null : Long.valueOf(cursors.read(cursor));
        if (beyond != null && page.offset() > 0) {
            throw RequestRejectionException.invalidArgument("offset", "offset cannot go with a cursor.");
        }
        ActivityPage found = queries.ask(
                new ListActivities(trail, filter, oldestFirst, beyond, page.limit(), page.offset()),
                ActivityPage.class);
        if (beyond != null && beyond > found.head()) {
            throw RequestRejectionException.invalidArgument(
                    "cursor", "cursor is beyond the end of the trail. Start over without it.");
        }
        Long next = found.next();
        if (next != null && page.offset() > 0 && found.activities().size() < found.limit()) {
            throw RequestRejectionException.invalidArgument(
                    "offset", "offset is too far for this search. Go on by cursor instead.");
        }
        return new ActivitiesReply(
                found.activities(),
                found.limit(),
                found.offset(),
                next != null,
                next == null ? null : cursors.after(next));
    }
}
