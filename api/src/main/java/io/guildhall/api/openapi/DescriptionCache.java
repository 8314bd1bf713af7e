package io.guildhall.api.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Keeps the descriptions of the API as bytes. Springdoc keeps them as objects and writes about 600 kB anew for each request. The first
 * request of a path stores the reply; later ones are answered from memory, compressed where the client accepts it, or with 304.
 */
@RestControllerAdvice(basePackages = "org.springdoc")
final class DescriptionCache implements HandlerInterceptor, ResponseBodyAdvice<byte[]> {

    /** @param type the content type */
    private record Description(StaticContent content, MediaType type) {}

    /** By path. Only the paths of existing descriptions get this far. */
    private final Map<String, Description> descriptions = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Description description = descriptions.get(request.getServletPath());
        if (description == null) {
            return true;
        }
        StaticContent content = description.content();
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noCache().getHeaderValue());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (!new ServletWebRequest(request, response).checkNotModified(content.etag())) {
            boolean compressed = StaticContent.acceptsGzip(request);
            byte[] body = compressed ? content.compressed() : content.plain();
            if (compressed) {
                response.setHeader(HttpHeaders.CONTENT_ENCODING, StaticContent.GZIP);
            }
            response.setContentType(description.type().toString());
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        return false;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return method.getParameterType() == byte[].class;
    }

    @Override
    public byte @Nullable [] beforeBodyWrite(
            byte @Nullable [] body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body != null && request instanceof ServletServerHttpRequest known) {
            StaticContent content = StaticContent.of(body);
            descriptions.put(known.getServletRequest().getServletPath(), new Description(content, type));
            response.getHeaders().setCacheControl(CacheControl.noCache());
            response.getHeaders().setETag(content.etag());
            response.getHeaders().set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            if (StaticContent.acceptsGzip(known.getServletRequest())) {
                response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, StaticContent.GZIP);
                return content.compressed();
            }
        }
        return body;
    }
}
