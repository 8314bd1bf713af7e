package io.guildhall.api.activity;

import io.guildhall.api.activity.SearchQueryParser.SearchSyntaxException;
import io.guildhall.api.validation.UuidParser;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityFilter.Condition;
import io.guildhall.query.activity.ActivityFilter.Facet;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes what a search asks for value by value, each as a caller wrote it; {@link SearchSyntaxException} says what it cannot be. */
final class FilterBuilder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9_]{0,63}\\.[a-z][a-z0-9_]{0,63}");
    private static final List<String> NOBODYS = List.of("operator", "system");
    private static final String ANY = "*";
    private static final String RANGE = "..";

    private final Map<Facet, List<String>> wanted = new EnumMap<>(Facet.class);
    private final Map<Facet, List<String>> unwanted = new EnumMap<>(Facet.class);
    private final List<Span> created = new ArrayList<>();
    private final List<Span> notCreated = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> notWords = new ArrayList<>();

    void add(Facet facet, String value, boolean negated) {
        String checked = switch (facet) {
            case ACTOR -> actor(value);
            case EVENT -> event(value);
            case VERB, TYPE -> name(value);
            case OBJECT, TOKEN -> id(value);
        };
        (negated ? unwanted : wanted)
                .computeIfAbsent(facet, it -> new ArrayList<>())
                .add(checked);
    }

    void word(String word, boolean negated) {
        (negated ? notWords : words).add(word);
    }

    void created(String value, boolean negated) {
        (negated ? notCreated : created).add(span(value));
    }

    List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        wanted.forEach((facet, values) ->
                conditions.add(new Condition(facet, values.stream().distinct().toList(), false)));
        unwanted.forEach((facet, values) ->
                conditions.add(new Condition(facet, values.stream().distinct().toList(), true)));
        return conditions;
    }

    /**
     * @param more conditions to hold as well
     * @param within a span that all of it is in
     */
    ActivityFilter build(List<Condition> more, Span within) {
        List<Condition> conditions = new ArrayList<>(more);
        conditions.addAll(conditions());
        boolean always = within.since() == null && within.until() == null;
        List<Span> spans = created.isEmpty()
                ? (always ? List.of() : List.of(within))
                : created.stream().map(span -> both(span, within)).toList();
        return new ActivityFilter(
                List.copyOf(conditions), spans, List.copyOf(notCreated), List.copyOf(words), List.copyOf(notWords));
    }

    private static Span both(Span one, Span other) {
        return new Span(
                one.since() == null || other.since() != null && other.since().isAfter(one.since())
                        ? other.since()
                        : one.since(),
                one.until() == null || other.until() != null && other.until().isBefore(one.until())
                        ? other.until()
                        : one.until());
    }

    private static String actor(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (NOBODYS.contains(lower)) {
            return lower;
        }
        UUID id = UuidParser.parse(value);
        if (id != null) {
            return id.toString();
        }
        try {
            return EmailAddress.of(value).value();
        } catch (DomainRejectionException refused) {
            throw new SearchSyntaxException(
                    "An actor is a user's or API token's id, an e-mail address, operator or system.");
        }
    }

    private static String name(String value) {
        if (!NAME.matcher(value).matches()) {
            throw new SearchSyntaxException("A verb or a type is a word such as created or organization_member.");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private static String event(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!EVENT.matcher(lower).matches()) {
            throw new SearchSyntaxException("An event is a name such as member.removed.");
        }
        return lower;
    }

    private static String id(String value) {
        UUID id = UuidParser.parse(value);
        if (id == null) {
            throw new SearchSyntaxException("This must be a UUID.");
        }
        return id.toString();
    }

    private static Span span(String value) {
        int range = value.indexOf(RANGE);
        if (range >= 0) {
            TimeExpression from = end(value.substring(0, range));
            TimeExpression to = end(value.substring(range + RANGE.length()));
            if (from != null && to != null && to.start().isBefore(from.start())) {
                throw new SearchSyntaxException("The range ends before it begins.");
            }
            return new Span(from == null ? null : from.start(), to == null ? null : to.end());
        }
        if (value.startsWith(">=")) {
            return new Span(moment(value.substring(2)).start(), null);
        }
        if (value.startsWith("<=")) {
            return new Span(null, moment(value.substring(2)).end());
        }
        if (value.startsWith(">")) {
            return new Span(moment(value.substring(1)).end(), null);
        }
        if (value.startsWith("<")) {
            return new Span(null, moment(value.substring(1)).start());
        }
        TimeExpression moment = moment(value);
        return new Span(moment.start(), moment.end());
    }

    private static @Nullable TimeExpression end(String value) {
        return value.equals(ANY) ? null : moment(value);
    }

    private static TimeExpression moment(String value) {
        TimeExpression moment = TimeExpression.parse(value);
        if (moment == null) {
            throw new SearchSyntaxException(
                    "A time is a date such as 2026-01-31 or 2026-01-31T12:00:00Z; a range is a..b, with * for an"
                            + " open end, or begins with >=, >, <= or <.");
        }
        return moment;
    }
}
