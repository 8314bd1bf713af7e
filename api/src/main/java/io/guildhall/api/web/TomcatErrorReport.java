package io.guildhall.api.web;

import io.guildhall.api.error.ErrorPage;
import io.guildhall.api.error.Problem;
import io.guildhall.api.request.RequestId;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives requests that Tomcat itself rejects, such as a malformed address, the same error body as all others. */
@Component
class TomcatErrorReport implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Valve.class.getName());
            }
        });
    }

    /** Public with a constructor without parameters, because Tomcat instantiates it by name. */
    public static final class Valve extends ErrorReportValve {

        private static final String TOO_LARGE =
                StringManager.getManager(Http11Processor.class).getString("iib.requestheadertoolarge.error");

        private static final JsonMapper JSON = JsonMapper.shared();

        private static Problem problem(HttpStatus status) {
            return switch (status) {
                case REQUEST_HEADER_FIELDS_TOO_LARGE ->
                    Problem.of(status, "headers-too-large", "The headers of the request are too many or too long.");
                case URI_TOO_LONG -> Problem.of(status, "address-too-long", "The address is too long.");
                default -> Problem.ofStatus(status);
            };
        }

        /** Tomcat answers 400 to every request that it cannot read. */
        private static int status(Request request, Response response, @Nullable Throwable failure) {
            boolean tooLong = failure instanceof IllegalArgumentException && TOO_LARGE.equals(failure.getMessage())
                    || failure instanceof IllegalStateException;
            if (response.getStatus() != HttpStatus.BAD_REQUEST.value() || !tooLong) {
                return response.getStatus();
            }
            HttpStatus status = request.getCoyoteRequest().requestURI().isNull()
                    ? HttpStatus.URI_TOO_LONG
                    : HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            return status.value();
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            HttpStatus status = HttpStatus.resolve(status(request, response, failure));
            if (status == null
                    || status.value() < 400
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            try {
                response.setStatus(status.value());
                Problem problem = RequestId.during(request, response, () -> problem(status));
                boolean page = ErrorPage.isWanted(request);
                response.setContentType(page ? ErrorPage.HTML.toString() : MediaType.APPLICATION_JSON_VALUE);
                response.getOutputStream().write(page ? ErrorPage.of(problem) : JSON.writeValueAsBytes(problem));
                response.finishResponse();
            } catch (IOException e) {
                // The client is gone.
            }
        }
    }
}
