package io.guildhall.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownPropertyListenerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guildhall.home",
                "guildhall.master-key",
                "guildhall.masterKey",
                "guildhall.throttle.sign-in-per-address",
                "guildhall.webhooks.retries",
                "guildhall.webhooks.retries[0]",
                "guildhall.operator.key",
                "guildhall.plans.hobby.seats",
                "guildhall.plans.of-our-own.services-by-app",
                "another.application"
            })
    void letsKnownPropertiesPass(String name) {
        assertThatCode(given(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "guildhall.hoem, guildhall.home",
        "guildhall.throttle.sign-in-per-adress, guildhall.throttle.sign-in-per-address",
        "guildhall.masterkeys, guildhall.master-key",
        "guildhall.mail.form, guildhall.mail.from"
    })
    void namesTheNearestOfAMisspeltOne(String misspelt, String nearest) {
        assertThatExceptionOfType(FailureAnalyzedException.class)
                .isThrownBy(given(misspelt))
                .satisfies(refusal -> {
                    assertThat(refusal.analysis().getDescription()).contains(misspelt, "test");
                    assertThat(refusal.analysis().getAction()).contains("Did you mean " + nearest + "?");
                });
    }

    @Test
    void knowsThePropertiesOfAPlan() {
        assertThatExceptionOfType(FailureAnalyzedException.class).isThrownBy(given("guildhall.plans.hobby.seets"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GUILDHALL_HOME",
                "GUILDHALL_MASTERKEY",
                "GUILDHALL_MASTER_KEY",
                "GUILDHALL_PUBLIC_URL",
                "GUILDHALL_WEBHOOKS_RETRIES_0",
                "GUILDHALL_PLANS_HOBBY_SERVICES_BY_APP",
                "GUILDHALL_OPERATOR_KEY",
                "GUILDHALL_SERVICE_HOST",
                "GUILDHALL_PORT_8080_TCP"
            })
    void letsKnownVariablesPass(String name) {
        assertThatCode(variable(name)).doesNotThrowAnyException();
    }

    @Test
    void refusesAMisspeltVariable() {
        assertThatExceptionOfType(FailureAnalyzedException.class)
                .isThrownBy(variable("GUILDHALL_HOEM"))
                .satisfies(
                        refusal -> assertThat(refusal.analysis().getAction()).contains("Did you mean guildhall.home?"));
    }

    private static ThrowingCallable given(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "1")));
        ConfigurationPropertySources.attach(environment);
        return () -> UnknownPropertyListener.require(environment);
    }

    private static ThrowingCallable variable(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "1")));
        ConfigurationPropertySources.attach(environment);
        return () -> UnknownPropertyListener.require(environment);
    }
}
