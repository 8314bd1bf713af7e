package io.guildhall.api.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat itself refuses, such as an address that is none, has the same body as what we refuse. */
@Component
class TomcatRefusals implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Report.class.getName());
            }
        });
    }

    /** Public with a constructor without parameters, because Tomcat makes it by name. */
    public static final class Report extends ErrorReportValve {

        private static final JsonMapper JSON = mapper();

        private static JsonMapper mapper() {
            var mapper = JsonMapper.builder();
            new Json().contractJson().customize(mapper);
            return mapper.build();
        }

        private static Problem problem(HttpStatus status) {
            return switch (status) {
                case REQUEST_HEADER_FIELDS_TOO_LARGE ->
                    Problem.ofType(status, "headers-too-large", "The headers of the request are too many or too long.");
                case URI_TOO_LONG -> Problem.ofType(status, "address-too-long", "The address is too long.");
                default -> Problem.of(status, status.getReasonPhrase() + ".");
            };
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            if (status == null
                    || status.value() < 400
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            try {
                Problem problem = RequestId.during(request, response, () -> problem(status));
                boolean page = ErrorPage.isWanted(request);
                response.setContentType(page ? ErrorPage.HTML.toString() : MediaType.APPLICATION_JSON_VALUE);
                response.getOutputStream().write(page ? ErrorPage.of(problem) : JSON.writeValueAsBytes(problem));
                response.finishResponse();
            } catch (IOException e) {
                // Nobody is there to tell.
            }
        }
    }
}
