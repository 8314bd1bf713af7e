package io.guildhall.api.ending;

import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 that can end without failing a request. Tomcat's own way answers 503 to what comes on connections that are open,
 * and breaks those that were made and not yet accepted. Public with a constructor without parameters, because Tomcat makes it
 * by name.
 */
public final class GentleProtocol extends Http11NioProtocol {

    private final GentleEndpoint endpoint;
    private final RequestsUnderWay underWay = new RequestsUnderWay();

    public GentleProtocol() {
        this(new GentleEndpoint());
    }

    private GentleProtocol(GentleEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void setAdapter(Adapter adapter) {
        super.setAdapter(underWay.countedBefore(adapter));
    }

    /** From now on every answer says that it is the last of its connection. */
    void closeConnectionsAfterTheirNextAnswer() {
        setMaxKeepAliveRequests(1);
    }

    /** Accepts what has connected so far; whoever tries afterwards is refused, and so goes elsewhere at once. */
    void acceptNoMore(Duration patience) throws InterruptedException {
        endpoint.acceptNoMore(patience);
    }

    /** Closes connections on which a request's line and headers have not arrived in time. To be called now and then. */
    public void closeSlow(Duration head) {
        SlowConnections.close(endpoint.getConnections(), head);
    }

    boolean hasConnections() {
        return getConnectionCount() > 0;
    }

    /** Requests whose answers are not yet sent. */
    boolean isAnswering() {
        return underWay.any();
    }
}
