package io.guildhall.api.ratelimit;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Counts the requests that nothing else counted: those that a filter, the firewall or Tomcat itself rejects. Tomcat tells an access log
 * of every request, also of one that it cannot read.
 */
@Component
class RequestCountValve extends ValveBase
        implements AccessLog, WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ObjectProvider<RateLimitFilter> limit;

    RequestCountValve(ObjectProvider<RateLimitFilter> limit) {
        super(true);
        this.limit = limit;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addEngineValves(this);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long time) {
        // What is answered without being counted, such as a page of the console, is free.
        if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            limit.getObject().countRejected(request.getRequest(), address(request));
        }
    }

    /** The client's, where a proxy in front of this process names it. */
    private static String address(Request request) {
        return request.getAttribute(REMOTE_ADDR_ATTRIBUTE) instanceof String forwarded
                ? forwarded
                : request.getRemoteAddr();
    }

    /** Always on: the valve that reads forwarding headers says so to each access log. */
    @Override
    public void setRequestAttributesEnabled(boolean enabled) {
        // The attribute is read wherever it is set.
    }

    @Override
    public boolean getRequestAttributesEnabled() {
        return true;
    }
}
