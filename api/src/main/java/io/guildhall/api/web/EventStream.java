package io.guildhall.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Server-Sent Events. A write waits for as long as the reader lets it, and holds nothing meanwhile. */
public final class EventStream {

    private static final String NO_BUFFERING = "X-Accel-Buffering";
    private static final int RETRY_MILLIS = 2_000;

    private final OutputStream out;

    private EventStream(OutputStream out) {
        this.out = out;
    }

    /** Sends the headers, so that the reader knows that it is connected. */
    public static EventStream open(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(NO_BUFFERING, "no");
        // At shutdown the stream ends before the connection does, so the client must not reuse it.
        response.setHeader(HttpHeaders.CONNECTION, "close");
        var stream = new EventStream(response.getOutputStream());
        stream.write("retry: " + RETRY_MILLIS + "\n\n");
        stream.flush();
        return stream;
    }

    /** @param data of one line */
    public void event(long id, String data) throws IOException {
        write("id: " + id + "\ndata: " + data + "\n\n");
    }

    /** An event by which readers do not remember their place. */
    public void event(String name, String data) throws IOException {
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    /** An event by which readers forget their place. */
    public void reset(String data) throws IOException {
        write("event: reset\nid\ndata: " + data + "\n\n");
    }

    public void heartBeat() throws IOException {
        write(":\n\n");
        flush();
    }

    public void flush() throws IOException {
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }
}
