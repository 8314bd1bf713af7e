package io.guildhall.api.web;

import io.guildhall.api.security.AuthorizationInterceptor;
import io.guildhall.api.security.PathResourceInterceptor;
import io.guildhall.api.validation.UuidParser;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;

/** Spring MVC for all routes. The interceptors authorize a request before anything else looks at it. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WebConfiguration implements WebMvcConfigurer {

    private final AuthorizationInterceptor authorization;
    private final PathResourceInterceptor pathResources;
    private final HandlerArguments handlerArguments;
    private final ReadYourWritesInterceptor readYourWritesInterceptor;
    private final IdempotencyInterceptor idempotency;

    WebConfiguration(
            AuthorizationInterceptor authorization,
            PathResourceInterceptor pathResources,
            HandlerArguments handlerArguments,
            ReadYourWritesInterceptor readYourWritesInterceptor,
            IdempotencyInterceptor idempotency) {
        this.authorization = authorization;
        this.pathResources = pathResources;
        this.handlerArguments = handlerArguments;
        this.readYourWritesInterceptor = readYourWritesInterceptor;
        this.idempotency = idempotency;
    }

    /** Each route has one type of reply, or chooses by a parameter: an Accept header that names another one is no reason for 406. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(request -> ContentNegotiationStrategy.MEDIA_TYPE_ALL_LIST));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(authorization).order(0);
        interceptors.addInterceptor(readYourWritesInterceptor).order(1);
        interceptors.addInterceptor(idempotency).order(2);
        interceptors.addInterceptor(pathResources).order(3);
        interceptors.addInterceptor(handlerArguments).order(4);
    }

    /** Requests for pages and files are refused like all others. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        for (HandlerExceptionResolver resolver : resolvers) {
            if (resolver instanceof ExceptionHandlerExceptionResolver problems) {
                problems.setMappedHandlerPredicate(handler -> true);
            }
        }
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(handlerArguments);
    }

    @Override
    public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(new UuidConverter());
    }

    /** Clients of the contract send no id as an empty string. */
    private static final class UuidConverter implements Converter<String, UUID> {

        @Override
        @SuppressWarnings("NullAway")
        public @Nullable UUID convert(String text) {
            if (text.isEmpty()) {
                return null;
            }
            UUID id = UuidParser.parse(text);
            if (id == null) {
                throw new IllegalArgumentException("not a UUID");
            }
            return id;
        }
    }
}
