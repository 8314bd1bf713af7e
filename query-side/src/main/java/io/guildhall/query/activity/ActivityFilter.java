package io.guildhall.query.activity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which activities of a trail are wanted: those for which all of this holds.
 *
 * @param conditions each of them
 * @param created in any of these, if there are any
 * @param notCreated in none of these
 * @param words each stands in the verb, the event, the object's type or its name, whatever its case
 * @param notWords none of them does
 */
public record ActivityFilter(
        List<Condition> conditions,
        List<Span> created,
        List<Span> notCreated,
        List<String> words,
        List<String> notWords) {

    /** What an activity has one of. */
    public enum Facet {
        /** A user's or a token's id, an e-mail address of a user, {@code operator} or {@code system}. */
        ACTOR,
        /** The logical name of the event, such as {@code member.removed}. */
        EVENT,
        VERB,
        TYPE,
        OBJECT,
        TOKEN
    }

    /** It has one of these values; negated, none of them. */
    public record Condition(Facet facet, List<String> values, boolean negated) {}

    /**
     * From a moment on, until before another.
     *
     * @param since null for the beginning
     * @param until null for the end
     */
    public record Span(@Nullable Instant since, @Nullable Instant until) {}

    public static ActivityFilter everything() {
        return new ActivityFilter(List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** An object of one of these types, or of any when there are none. */
    public static ActivityFilter types(List<String> types) {
        return types.isEmpty()
                ? everything()
                : new ActivityFilter(
                        List.of(new Condition(Facet.TYPE, types, false)), List.of(), List.of(), List.of(), List.of());
    }
}
