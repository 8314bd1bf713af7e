package io.guildhall.query.activity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of activities. All parts must match.
 *
 * @param conditions all must hold
 * @param created at least one must hold, unless empty
 * @param notCreated none may hold
 * @param words each must occur in the verb, the event, the object's type or its name; case-insensitive
 * @param notWords none may occur there
 */
public record ActivityFilter(
        List<Condition> conditions,
        List<Span> created,
        List<Span> notCreated,
        List<String> words,
        List<String> notWords) {

    /** A property of an activity. */
    public enum Facet {
        /** A user's or token's id, a user's e-mail address, {@code operator} or {@code system}. */
        ACTOR,
        /** The logical name of the event, such as {@code member.removed}. */
        EVENT,
        VERB,
        TYPE,
        OBJECT,
        TOKEN
    }

    /** Requires one of these values or, if negated, none of them. */
    public record Condition(Facet facet, List<String> values, boolean negated) {}

    /**
     * A half-open interval of time.
     *
     * @param since inclusive; null for unbounded
     * @param until exclusive; null for unbounded
     */
    public record Span(@Nullable Instant since, @Nullable Instant until) {}

    public static ActivityFilter everything() {
        return new ActivityFilter(List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Selects objects of these types, or of all types if empty. */
    public static ActivityFilter types(List<String> types) {
        return types.isEmpty()
                ? everything()
                : new ActivityFilter(
                        List.of(new Condition(Facet.TYPE, types, false)), List.of(), List.of(), List.of(), List.of());
    }
}
