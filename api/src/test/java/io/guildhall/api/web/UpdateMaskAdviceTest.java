package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletRequest;

class UpdateMaskAdviceTest {

    record Change(
            @Nullable String name,
            @Nullable String postalCode,
            @Nullable List<String> types,
            @Nullable Boolean company,
            @Nullable String currentPassword) {}

    private static final Change BODY = new Change("acme", null, List.of("token"), null, "secret");

    @SuppressWarnings("unused")
    void route(@UpdateMask(ignored = {"id", "current_password"}) Change body, Change plain) {}

    @Test
    void leavesTheBodyAsItIsWithoutAMask() {
        assertThat(masked(null)).isEqualTo(BODY);
        assertThat(masked("")).isEqualTo(BODY);
    }

    @Test
    void dropsWhatItDoesNotName() {
        assertThat(masked("name")).isEqualTo(new Change("acme", null, null, null, "secret"));
    }

    @Test
    void emptiesWhatItNamesAndTheBodyLacks() {
        assertThat(masked("postal_code, company, types"))
                .isEqualTo(new Change(null, "", List.of("token"), false, "secret"));
    }

    @Test
    void passesOverFieldsThatCannotBeChanged() {
        assertThat(masked("id,name,current_password")).isEqualTo(new Change("acme", null, null, null, "secret"));
    }

    @Test
    void refusesFieldsThatThereAreNot() {
        assertThatThrownBy(() -> masked("name,password"))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .containsExactly(new Problem.Field(
                                        "update_mask", "update_mask can name name, postal_code, types, company.")));
    }

    @Test
    void isForMarkedBodiesOnly() throws NoSuchMethodException {
        var advice = new UpdateMaskAdvice(new MockHttpServletRequest());

        assertThat(advice.supports(body(0), Change.class, JacksonJsonHttpMessageConverter.class))
                .isTrue();
        assertThat(advice.supports(body(1), Change.class, JacksonJsonHttpMessageConverter.class))
                .isFalse();
    }

    private Object masked(@Nullable String mask) {
        var request = new MockHttpServletRequest();
        if (mask != null) {
            request.addParameter("update_mask", mask);
        }
        try {
            return new UpdateMaskAdvice(request)
                    .afterBodyRead(
                            BODY,
                            mock(HttpInputMessage.class),
                            body(0),
                            Change.class,
                            JacksonJsonHttpMessageConverter.class);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static MethodParameter body(int index) throws NoSuchMethodException {
        return new MethodParameter(
                UpdateMaskAdviceTest.class.getDeclaredMethod("route", Change.class, Change.class), index);
    }
}
