package io.guildhall.api.ending;

import java.util.concurrent.atomic.LongAdder;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/** Counts requests until the last byte of their answer has gone out, which is later than any filter could tell. */
final class RequestsUnderWay {

    private final LongAdder count = new LongAdder();

    boolean any() {
        return count.sum() > 0;
    }

    Adapter countedBefore(Adapter adapter) {
        return new Adapter() {

            @Override
            public void service(Request request, Response response) throws Exception {
                count.increment();
                try {
                    adapter.service(request, response);
                } finally {
                    count.decrement();
                }
            }

            @Override
            public boolean prepare(Request request, Response response) throws Exception {
                return adapter.prepare(request, response);
            }

            @Override
            public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
                return adapter.asyncDispatch(request, response, event);
            }

            @Override
            public void log(Request request, Response response, long time) {
                adapter.log(request, response, time);
            }

            @Override
            public void checkRecycled(Request request, Response response) {
                adapter.checkRecycled(request, response);
            }

            @Override
            public String getDomain() {
                return adapter.getDomain();
            }
        };
    }
}
