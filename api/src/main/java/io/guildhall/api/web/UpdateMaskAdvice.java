package io.guildhall.api.web;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Applies {@code update_mask} to bodies with {@link UpdateMask}, which are records. */
@ControllerAdvice
class UpdateMaskAdvice extends RequestBodyAdviceAdapter {

    static final String PARAMETER = "update_mask";

    private final HttpServletRequest request;

    /** @param request stands for the current one */
    UpdateMaskAdvice(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return parameter.hasParameterAnnotation(UpdateMask.class);
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType) {
        String mask = request.getParameter(PARAMETER);
        UpdateMask annotation = Objects.requireNonNull(parameter.getParameterAnnotation(UpdateMask.class));
        // JSON's null is refused for what it is.
        return body == null || mask == null || mask.isBlank()
                ? body
                : masked(body, mask, List.of(annotation.ignored()));
    }

    private static Object masked(Object body, String mask, List<String> ignored) {
        RecordComponent[] components = body.getClass().getRecordComponents();
        List<String> fields = Arrays.stream(components)
                .map(UpdateMaskAdvice::field)
                .filter(Predicate.not(ignored::contains))
                .toList();
        List<String> named =
                Arrays.stream(mask.split(",", -1)).map(String::strip).toList();
        if (!named.stream().allMatch(field -> fields.contains(field) || ignored.contains(field))) {
            throw RequestRejectionException.invalidArgument(
                    PARAMETER, PARAMETER + " can name " + String.join(", ", fields) + ".");
        }
        @Nullable Object[] values = Arrays.stream(components)
                .map(component -> {
                    String field = field(component);
                    Object value = value(component, body);
                    if (ignored.contains(field)) {
                        return value;
                    }
                    return !named.contains(field) ? null : value == null ? empty(component.getType()) : value;
                })
                .toArray();
        return BeanUtils.instantiateClass(BeanUtils.getResolvableConstructor(body.getClass()), values);
    }

    private static String field(RecordComponent component) {
        return Problem.Field.nameOf(component.getName());
    }

    private static @Nullable Object value(RecordComponent component, Object body) {
        ReflectionUtils.makeAccessible(component.getAccessor());
        return ReflectionUtils.invokeMethod(component.getAccessor(), body);
    }

    private static Object empty(Class<?> type) {
        return type == String.class ? "" : type == Boolean.class ? Boolean.FALSE : List.of();
    }
}
