package io.guildhall.api.ending;

import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/** Says what is too long about the head of a request. Tomcat answers 400 to whatever it cannot read. */
final class HeadProcessor extends Http11Processor {

    private static final int BAD_REQUEST = 400;
    private static final int URI_TOO_LONG = 414;
    private static final int HEADERS_TOO_LARGE = 431;

    private static final String TOO_LARGE =
            StringManager.getManager(Http11Processor.class).getString("iib.requestheadertoolarge.error");

    /** The status of what is too long in the request that is being read, or 0. */
    private int tooLong;

    HeadProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
    }

    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        tooLong = 0;
        return super.service(connection);
    }

    @Override
    protected void setErrorState(ErrorState state, @Nullable Throwable failure) {
        super.setErrorState(state, failure);
        if (isTooLong(failure)) {
            tooLong = request.requestURI().isNull() ? URI_TOO_LONG : HEADERS_TOO_LARGE;
        }
        // What was not read, such as the host, is found missing afterwards.
        if (tooLong != 0 && response.getStatus() == BAD_REQUEST) {
            response.setStatus(tooLong);
        }
    }

    /** In bytes, or in the number of headers. */
    private static boolean isTooLong(@Nullable Throwable failure) {
        return failure instanceof IllegalArgumentException && TOO_LARGE.equals(failure.getMessage())
                || failure instanceof IllegalStateException;
    }
}
