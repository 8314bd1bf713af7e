package io.guildhall.api.ending;

import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 that can end without failing a request. Tomcat's own way answers 503 to what comes on connections that are open,
 * and breaks those that were made and not yet accepted. Public with a constructor without parameters, because Tomcat makes it
 * by name.
 */
public final class GentleProtocol extends Http11NioProtocol {

    /**
     * What of an answer the kernel keeps for its reader, who gets 5 MB a second from 50 ms away; twice as much with what it needs itself. By itself it would keep up to 4 MB
     * for each that reads slowly.
     */
    private static final int SEND_BUFFER = 1 << 17;

    private final GentleEndpoint endpoint;
    private final RequestsUnderWay underWay = new RequestsUnderWay();

    public GentleProtocol() {
        this(new GentleEndpoint());
    }

    private GentleProtocol(GentleEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        endpoint.getSocketProperties().setTxBufSize(SEND_BUFFER);
    }

    @Override
    protected Processor createProcessor() {
        return new HeadProcessor(this, getAdapter());
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

    /** Closes connections on which so long nothing is taken of an answer. To be called before any is made. */
    public void closeUnread(Duration unread) {
        endpoint.closeUnread(unread);
    }

    boolean hasConnections() {
        return getConnectionCount() > 0;
    }

    /** Requests whose answers are not yet sent. */
    boolean isAnswering() {
        return underWay.any();
    }
}
