package io.guildhall.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, used again and again by one thread. Blocking, one write and mostly one read per request, nothing parsed that is
 * not needed: it shares the cores with what it measures.
 */
final class Connection implements AutoCloseable {

    /** The body is valid until the next request. */
    record Reply(int status, byte[] buffer, int from, int length) {

        String body() {
            return new String(buffer, from, length, UTF_8);
        }
    }

    private static final int PATIENCE_MILLIS = 60_000;

    /** Less than the service keeps an idle connection. */
    private static final long KEPT_OPEN_NANOS = 10_000_000_000L;

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);

    private final String host;
    private final int port;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    private byte[] buffer = new byte[32 * 1024];
    private int filled;
    private long used;

    Connection(URI service) {
        this.host = service.getHost();
        this.port = service.getPort() < 0 ? 80 : service.getPort();
    }

    /** The bytes of a request. */
    static byte[] request(String method, String path, @Nullable String token, @Nullable String json) {
        var head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n");
        if (token != null) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        byte[] body = json == null ? new byte[0] : json.getBytes(UTF_8);
        if (json != null) {
            head.append("Content-Type: application/json\r\n");
        }
        if (json != null || !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    Reply exchange(byte[] request) throws IOException {
        if (socket != null && System.nanoTime() - used > KEPT_OPEN_NANOS) {
            close();
        }
        if (socket == null) {
            open();
        }
        out.write(request);
        filled = 0;
        int body = endOfHead();
        String head = new String(buffer, 0, body, ISO_8859_1);
        int status = Integer.parseInt(head, 9, 12, 10);
        String length = header(head, "\r\ncontent-length:");
        Reply reply = length == null && header(head, "\r\ntransfer-encoding:") != null
                ? chunked(status, body)
                : whole(status, body, length == null ? 0 : Integer.parseInt(length));
        String afterwards = header(head, "\r\nconnection:");
        if (afterwards != null && afterwards.equalsIgnoreCase("close")) {
            close();
        }
        used = System.nanoTime();
        return reply;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private void open() throws IOException {
        var opened = new Socket();
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(PATIENCE_MILLIS);
        opened.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
        socket = opened;
        in = opened.getInputStream();
        out = opened.getOutputStream();
    }

    private int endOfHead() throws IOException {
        int searched = 0;
        while (true) {
            for (int i = searched; i + END_OF_HEAD.length <= filled; i++) {
                if (Arrays.equals(buffer, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                    return i + END_OF_HEAD.length;
                }
            }
            searched = Math.max(0, filled - END_OF_HEAD.length + 1);
            read();
        }
    }

    private Reply whole(int status, int from, int length) throws IOException {
        while (filled < from + length) {
            read();
        }
        return new Reply(status, buffer, from, length);
    }

    /** The chunks are moved together, in place. */
    private Reply chunked(int status, int from) throws IOException {
        int end = from;
        int next = from;
        while (true) {
            int line = endOfLine(next);
            int size = Integer.parseInt(new String(buffer, next, line - next - 2, US_ASCII), 16);
            while (filled < line + size + 2) {
                read();
            }
            if (size == 0) {
                return new Reply(status, buffer, from, end - from);
            }
            System.arraycopy(buffer, line, buffer, end, size);
            end += size;
            next = line + size + 2;
        }
    }

    private int endOfLine(int from) throws IOException {
        for (int i = from + 1; ; i++) {
            while (i >= filled) {
                read();
            }
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
    }

    private void read() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new EOFException("The service closed the connection");
        }
        filled += count;
    }

    private static @Nullable String header(String head, String name) {
        for (int i = head.indexOf('\r'); i >= 0; i = head.indexOf('\r', i + 1)) {
            if (head.regionMatches(true, i, name, 0, name.length())) {
                int from = i + name.length();
                return head.substring(from, head.indexOf('\r', from)).strip();
            }
        }
        return null;
    }
}
