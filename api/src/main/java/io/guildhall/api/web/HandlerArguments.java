package io.guildhall.api.web;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** What handler methods can take, and query parameters that can be stored. */
@Component
class HandlerArguments implements HandlerMethodArgumentResolver, HandlerInterceptor {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class || parameter.getParameterType() == PageParameters.class;
    }

    /** The caller is null on public routes where nobody is signed in. */
    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return parameter.getParameterType() == PageParameters.class
                ? PageParameters.of(request.getParameter("limit"), request.getParameter("offset"))
                : Caller.current();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.getParameterMap().forEach((name, values) -> {
            for (String value : values) {
                if (!StorableText.storable(value)) {
                    throw RequestRejectionException.invalidArgument(
                            name, "This parameter has characters that no text has.");
                }
            }
        });
        return true;
    }
}
