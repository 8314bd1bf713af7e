package io.guildhall.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.support.WebContentGenerator;

/** The console's only page. Each load checks for a new version, and gives the browser a CSRF token. */
final class ConsolePage extends WebContentGenerator implements HttpRequestHandler {

    private static final String TYPE = new MediaType(MediaType.TEXT_HTML, UTF_8).toString();

    private final byte[] html;
    private final String etag;

    ConsolePage(ConsoleFiles files) {
        super(METHOD_GET, METHOD_HEAD);
        try {
            String assets = ConsoleFiles.PATH + files.version() + "/";
            String preloaded = files.scripts().stream()
                    .map(script -> "<link rel=\"modulepreload\" href=\"" + assets + script + "\">")
                    .collect(Collectors.joining("\n"));
            html = new ClassPathResource("static/index.html")
                    .getContentAsString(UTF_8)
                    .replace("{{scripts}}", preloaded)
                    .replace("{{assets}}", assets)
                    .getBytes(UTF_8);
            etag = ConsoleFiles.etagOf(html);
        } catch (IOException e) {
            throw new UncheckedIOException("The console cannot be read", e);
        }
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        checkRequest(request);
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken csrf) {
            // Asking for the value sets the cookie, unless the browser has it already.
            csrf.getToken();
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noCache().getHeaderValue());
        if (!new ServletWebRequest(request, response).checkNotModified(etag)) {
            response.setContentType(TYPE);
            response.setContentLength(html.length);
            response.getOutputStream().write(html);
        }
    }
}
