package io.guildhall.api.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityFilter.Condition;
import io.guildhall.query.activity.ActivityFilter.Facet;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryParserTest {

    private static final String ID = "0b0f1c5e-1111-4111-8111-000000000001";

    @Test
    void takesSeveralOfOneQualifierAsAlternatives() {
        assertThat(parse("type:credential type:session -verb:created -verb:DELETED")
                        .conditions())
                .containsExactlyInAnyOrder(
                        new Condition(Facet.TYPE, List.of("credential", "session"), false),
                        new Condition(Facet.VERB, List.of("created", "deleted"), true));
    }

    @Test
    void knowsActorsByIdByAddressAndByWhatTheyAre() {
        assertThat(parse("actor:Ada@Example.org ACTOR:operator actor:system actor:" + ID)
                        .conditions())
                .containsExactly(
                        new Condition(Facet.ACTOR, List.of("ada@example.org", "operator", "system", ID), false));
        assertThat(parse("object:" + ID + " token:" + ID).conditions()).hasSize(2);
    }

    @Test
    void takesTheRestAsWords() {
        ActivityFilter filter = parse("  acme -\"to: be \\\"sure\\\"\"  \"a phrase\" ");

        assertThat(filter.words()).containsExactly("acme", "a phrase");
        assertThat(filter.notWords()).containsExactly("to: be \"sure\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "2026-01-01..2026-02-01, 2026-01-01T00:00:00Z, 2026-02-02T00:00:00Z",
        "2026-01-01..*, 2026-01-01T00:00:00Z,",
        "*..2026-01-01, , 2026-01-02T00:00:00Z",
        ">=2026-01-01, 2026-01-01T00:00:00Z,",
        ">2026-01-01, 2026-01-02T00:00:00Z,",
        "<2026-01-01, , 2026-01-01T00:00:00Z",
        "<=2026-01-01, , 2026-01-02T00:00:00Z",
        "2026-01-01T01:00:00+01:00..2026-01-01T12:00:00.5Z, 2026-01-01T00:00:00Z, 2026-01-01T12:00:00.500001Z",
        "\"<2026-01-01T00:00:00Z\", , 2026-01-01T00:00:00Z"
    })
    void takesTimesDaysAndRanges(String value, Instant since, Instant until) {
        assertThat(parse("created:" + value).created()).containsExactly(new Span(since, until));
        assertThat(parse("-created:" + value).notCreated()).containsExactly(new Span(since, until));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour:red",
                "actor:",
                "actor:ada",
                "actor:ada@",
                "object:acme",
                "token:" + ID + "x",
                "verb:cre*ted",
                "created:yesterday",
                "created:2026-13-01",
                "created:2026-02-01..2026-01-01",
                "created:2026-01-01..",
                "created:+99999-01-01T00:00:00Z",
                "-",
                "\"open",
                "\"\"",
                "\"shut\"tight"
            })
    void pointsAtWhatItCannotMean(String mistake) {
        assertThatThrownBy(() -> parse("verb:created  " + mistake + " acme"))
                .isInstanceOfSatisfying(RequestRejectionException.class, refused -> {
                    assertThat(refused.problem().getFields())
                            .extracting(Problem.Field::field)
                            .containsExactly("q");
                    assertThat(refused.problem().getMessage())
                            .startsWith("q, from character 15 (" + mistake.split(" ")[0]);
                });
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> parse("x".repeat(1_001))).isInstanceOf(RequestRejectionException.class);
        assertThatThrownBy(() -> parse("x ".repeat(51))).isInstanceOf(RequestRejectionException.class);
    }

    private static ActivityFilter parse(String text) {
        var builder = new FilterBuilder();
        SearchQueryParser.addTo(builder, text);
        return builder.build(List.of(), new Span(null, null));
    }
}
