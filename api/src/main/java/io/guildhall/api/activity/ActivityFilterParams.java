package io.guildhall.api.activity;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityFilter.Condition;
import io.guildhall.query.activity.ActivityFilter.Facet;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which activities a caller asks for, as query parameters. Several values of one are alternatives; what is asked by different
 * ones is to hold together.
 *
 * @param event logical names, such as {@code member.removed}
 * @param types of the object
 * @param since a date or an RFC 3339 time: activities at that time or later
 * @param until a date: activities up to the end of that day; or an RFC 3339 time: activities before it
 * @param q a {@link SearchQueryParser}
 */
public record ActivityFilterParams(
        @Nullable List<String> actor,
        @Nullable List<String> event,
        @Nullable List<String> verb,
        @Nullable List<String> types,
        @Nullable List<String> object,
        @Nullable List<String> token,
        @Nullable String since,
        @Nullable String until,
        @Nullable String q) {

    private static final int MOST_VALUES = 50;

    public ActivityFilter filter() {
        List<Condition> conditions = new ArrayList<>();
        add(conditions, "actor", Facet.ACTOR, actor);
        add(conditions, "event", Facet.EVENT, event);
        add(conditions, "verb", Facet.VERB, verb);
        add(conditions, "types", Facet.TYPE, types);
        add(conditions, "object", Facet.OBJECT, object);
        add(conditions, "token", Facet.TOKEN, token);
        var search = new FilterBuilder();
        if (q != null) {
            SearchQueryParser.addTo(search, q);
        }
        return search.build(conditions, new Span(start("since", since), end("until", until)));
    }

    private static void add(List<Condition> conditions, String field, Facet facet, @Nullable List<String> values) {
        if (values == null || values.isEmpty()) {
            return;
        }
        if (values.size() > MOST_VALUES) {
            throw RequestRejectionException.invalidArgument(
                    field, "%s can have at most %d values.".formatted(field, MOST_VALUES));
        }
        var one = new FilterBuilder();
        for (String value : values) {
            try {
                one.add(facet, value, false);
            } catch (SearchQueryParser.SearchSyntaxException mistake) {
                throw RequestRejectionException.invalidArgument(field, field + ": " + mistake.getMessage());
            }
        }
        conditions.addAll(one.conditions());
    }

    private static @Nullable Instant start(String field, @Nullable String value) {
        return value == null || value.isEmpty() ? null : moment(field, value).start();
    }

    private static @Nullable Instant end(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        TimeExpression moment = moment(field, value);
        return moment.isDay() ? moment.end() : moment.start();
    }

    private static TimeExpression moment(String field, String value) {
        TimeExpression moment = TimeExpression.parse(value);
        if (moment == null) {
            throw RequestRejectionException.invalidArgument(
                    field, field + " must be a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z.");
        }
        return moment;
    }
}
