package io.guildhall.api.ending;

import java.time.Duration;
import java.util.Collection;
import org.apache.coyote.Constants;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Connections on which a request has begun to arrive. No thread waits for them, so that none can give up. */
final class SlowConnections {

    private SlowConnections() {}

    static void close(Collection<? extends SocketWrapperBase<?>> connections, Duration head) {
        for (SocketWrapperBase<?> connection : connections) {
            if (connection.getCurrentProcessor() instanceof Processor processor
                    && !processor.isAsync()
                    && processor.getRequest() instanceof Request request
                    && isArriving(request.getRequestProcessor().getStage())
                    && request.getStartTimeNanos() >= 0
                    && System.nanoTime() - request.getStartTimeNanos() > head.toNanos()) {
                connection.close();
            }
        }
    }

    /** Ended is also the stage in between, when what has come is no whole head yet. */
    private static boolean isArriving(int stage) {
        return stage == Constants.STAGE_PARSE || stage == Constants.STAGE_KEEPALIVE || stage == Constants.STAGE_ENDED;
    }
}
