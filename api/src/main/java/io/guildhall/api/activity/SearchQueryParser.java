package io.guildhall.api.activity;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.query.activity.ActivityFilter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a search: {@code actor:ada@example.org -type:session created:2026-01-01..2026-02-01 "free words"}. Several of
 * one qualifier are alternatives; different ones, and free words, are to hold together; a minus excludes.
 */
final class SearchQueryParser {

    static final String FIELD = "q";

    private static final int LONGEST = 1_000;
    private static final int MOST_TERMS = 50;
    private static final int SHOWN = 60;
    private static final Pattern QUALIFIER = Pattern.compile("([A-Za-z_]+):");

    private final String text;
    private int at;

    private SearchQueryParser(String text) {
        this.text = text;
    }

    /** Adds what the text asks for; refuses, with the place, what it cannot mean. */
    static void addTo(FilterBuilder filter, String text) {
        if (text.length() > LONGEST) {
            throw malformed("q must have at most %d characters.".formatted(LONGEST));
        }
        new SearchQueryParser(text).addTo(filter);
    }

    private void addTo(FilterBuilder filter) {
        int terms = 0;
        for (skipSpace(); at < text.length(); skipSpace()) {
            if (++terms > MOST_TERMS) {
                throw malformed("q must have at most %d terms.".formatted(MOST_TERMS));
            }
            int start = at;
            try {
                addTerm(filter);
            } catch (SearchSyntaxException mistake) {
                throw malformed(
                        "q, from character %d (%s): %s".formatted(start + 1, excerpt(start), mistake.getMessage()));
            }
        }
    }

    private void addTerm(FilterBuilder filter) {
        boolean negated = text.charAt(at) == '-';
        if (negated) {
            at++;
        }
        Matcher qualifier = QUALIFIER.matcher(text).region(at, text.length());
        if (!qualifier.lookingAt()) {
            filter.word(value(), negated);
            return;
        }
        at = qualifier.end();
        String name = qualifier.group(1).toLowerCase(Locale.ROOT);
        String value = value();
        switch (name) {
            case "actor" -> filter.add(ActivityFilter.Facet.ACTOR, value, negated);
            case "event" -> filter.add(ActivityFilter.Facet.EVENT, value, negated);
            case "verb" -> filter.add(ActivityFilter.Facet.VERB, value, negated);
            case "type" -> filter.add(ActivityFilter.Facet.TYPE, value, negated);
            case "object" -> filter.add(ActivityFilter.Facet.OBJECT, value, negated);
            case "token" -> filter.add(ActivityFilter.Facet.TOKEN, value, negated);
            case "created" -> filter.created(value, negated);
            default ->
                throw new SearchSyntaxException(
                        "There is no such qualifier. There are actor, event, verb, type, object, token and created;"
                                + " words with a colon go in quotation marks.");
        }
    }

    /** What comes next, in quotation marks or up to the next space. */
    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return present(text.substring(start, at));
    }

    private String quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                    throw new SearchSyntaxException("After the closing quotation mark there must be a space.");
                }
                return present(value.toString().strip());
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        throw new SearchSyntaxException("A quotation mark is not closed.");
    }

    private static String present(String value) {
        if (value.isEmpty()) {
            throw new SearchSyntaxException("Something is missing here.");
        }
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String excerpt(int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && end - start < SHOWN) {
            end++;
        }
        return text.substring(start, end);
    }

    private static RequestRejectionException malformed(String explanation) {
        return RequestRejectionException.invalidArgument(FIELD, explanation);
    }

    /** What is wrong with one value of a search. */
    static final class SearchSyntaxException extends RuntimeException {

        SearchSyntaxException(String explanation) {
            super(explanation, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
