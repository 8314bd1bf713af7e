package io.guildhall.api.web;

import io.guildhall.api.security.AuthorizationInterceptor;
import io.guildhall.api.security.PathResourceInterceptor;
import io.guildhall.api.validation.UuidParser;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.ConverterRegistry;
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
        addConverters(formatters);
    }

    static void addConverters(ConverterRegistry converters) {
        converters.addConverter(String.class, UUID.class, text -> parsed(text, UuidParser::parse));
        converters.addConverter(String.class, Instant.class, text -> parsed(text, TimestampParser::parse));
    }

    /** Clients of the contract send no value as an empty string. */
    @SuppressWarnings("NullAway")
    private static <V> V parsed(String text, Function<String, @Nullable V> parser) {
        V value = text.isEmpty() ? null : parser.apply(text);
        if (value == null && !text.isEmpty()) {
            throw new IllegalArgumentException("malformed");
        }
        return value;
    }

    /** So that what is past is the same for all nodes. */
    @Bean
    static ValidationConfigurationCustomizer clockOfConstraints(ObjectProvider<Clock> clock) {
        return configuration -> configuration.clockProvider(clock::getObject);
    }
}
