package io.guildhall.api.web;

import java.util.List;
import java.util.UUID;
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

/** Spring MVC as every route needs it. First who may, then the rest: nothing is told to who may not. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WebWiring implements WebMvcConfigurer {

    private final Admission admission;
    private final Parameters parameters;
    private final AtLeast atLeast;
    private final Idempotency idempotency;

    WebWiring(Admission admission, Parameters parameters, AtLeast atLeast, Idempotency idempotency) {
        this.admission = admission;
        this.parameters = parameters;
        this.atLeast = atLeast;
        this.idempotency = idempotency;
    }

    /** Each route has one type of reply, or chooses by a parameter: an Accept header that names another one is no reason for 406. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(request -> ContentNegotiationStrategy.MEDIA_TYPE_ALL_LIST));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(admission).order(0);
        interceptors.addInterceptor(parameters).order(1);
        interceptors.addInterceptor(atLeast).order(2);
        interceptors.addInterceptor(idempotency).order(3);
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
        resolvers.add(parameters);
    }

    @Override
    public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(new StrictUuid());
    }

    private static final class StrictUuid implements Converter<String, UUID> {

        @Override
        public UUID convert(String text) {
            UUID id = Ids.parse(text);
            if (id == null) {
                throw new IllegalArgumentException("no UUID");
            }
            return id;
        }
    }
}
