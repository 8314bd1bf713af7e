package io.guildhall.domain.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.shared.DomainRejectionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An organization's name is unique (R4). */
class OrganizationNameTest {

    static Stream<String> names() {
        return Stream.of("a", "7", "acme", "a-b", "a-b-c-1", "1-2", "a".repeat(39), "a-".repeat(19) + "b");
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesAName(String text) {
        assertThat(OrganizationName.of(text).value()).isEqualTo(text);
    }

    static Stream<String> noNames() {
        return Stream.of(
                "",
                " ",
                "-",
                "-acme",
                "acme-",
                "ac--me",
                "Acme",
                "ac me",
                " acme",
                "acme ",
                "acme\n",
                "ac_me",
                "ac.me",
                "açme",
                "аcme",
                "١",
                "a".repeat(40),
                "a-".repeat(19) + "bc");
    }

    @ParameterizedTest
    @MethodSource("noNames")
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> OrganizationName.of(text))
                .isInstanceOfSatisfying(
                        DomainRejectionException.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(OrganizationRejections.NAME_MALFORMED));
    }
}
