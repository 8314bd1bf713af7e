package io.guildhall.api.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;

/** The page that a person sees when a browser's navigation fails. API clients get the same problem as JSON. */
public final class ErrorPage {

    public static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);

    private static final Set<String> NAVIGATION = Set.of("GET", "HEAD");
    private static final int NOT_FOUND = 404;
    private static final String TEMPLATE = template();

    private ErrorPage() {}

    private static String template() {
        try {
            return new ClassPathResource("static/error.html").getContentAsString(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The page for errors cannot be read", e);
        }
    }

    /** Whether a browser navigates: the request asks for HTML and has no token. */
    public static boolean isWanted(HttpServletRequest request) {
        String method = request.getMethod();
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return method != null
                && NAVIGATION.contains(method)
                && accepted != null
                && accepted.contains(MediaType.TEXT_HTML_VALUE)
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    /** The page, in UTF-8. */
    public static byte[] of(Problem problem) {
        boolean missing = problem.getStatus() == NOT_FOUND;
        return TEMPLATE.replace(
                        "{{title}}",
                        missing ? "Page not found" : HtmlUtils.htmlEscape(String.valueOf(problem.getTitle())))
                .replace(
                        "{{message}}",
                        missing
                                ? "There is no page at this address. Check the address, or go to the start."
                                : HtmlUtils.htmlEscape(problem.getMessage()))
                .getBytes(UTF_8);
    }
}
