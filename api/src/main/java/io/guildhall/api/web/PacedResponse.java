package io.guildhall.api.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer that knows how long it has been waited for, by its reader or for its reader. Made by the thread that answers. */
final class PacedResponse extends HttpServletResponseWrapper {

    /** As much is handed to Tomcat at once, which may then wait for as long as the reader takes any of it. */
    private static final int PIECE = 1 << 13;

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final Thread thread = Thread.currentThread();
    private final long limit;
    private final long longestWait;
    private final long nanosPerByte;

    private @Nullable PacedStream out;

    /** How much longer was waited for the reader than what it took since is worth. */
    private long waited;

    private boolean unread;

    // Of these the one who interrupts knows as well.
    private long deadline;
    private boolean writing;
    private boolean interrupted;
    private boolean ended;

    /** @param limit in what time it has to begin, and to get on */
    PacedResponse(HttpServletResponse response, Duration limit, RequestProperties properties) {
        super(response);
        this.limit = limit.toNanos();
        this.longestWait = properties.unread().toNanos();
        this.nanosPerByte = Math.max(1, NANOS / properties.pace().toBytes());
        this.deadline = System.nanoTime() + this.limit;
    }

    /** Its reader takes too little of it. */
    static final class Unread extends IOException {

        Unread() {
            super("The reader does not take the answer");
        }
    }

    /** Again after a while, if that was ignored; never while its thread is at the connection, which that would break. */
    synchronized void interruptIfLate() {
        long now = System.nanoTime();
        if (!ended && !writing && now - deadline > 0) {
            deadline = now + limit;
            interrupted = true;
            thread.interrupt();
        }
    }

    /** From now on the thread belongs to somebody else. */
    synchronized void end() {
        ended = true;
        calmDown();
    }

    boolean isUnread() {
        return unread;
    }

    synchronized boolean wasInterrupted() {
        return interrupted;
    }

    private void calmDown() {
        if (interrupted) {
            // Whoever is answering has noticed, and its flag would break the connection.
            Thread.interrupted();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (out == null) {
            out = new PacedStream(super.getOutputStream());
        }
        return out;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (mayBeSent()) {
            waitingFor(0, super::flushBuffer);
        }
    }

    /** What was made of an interrupted request may yet be replaced. */
    private boolean mayBeSent() {
        return !wasInterrupted() || isCommitted();
    }

    private interface Write {

        void run() throws IOException;
    }

    private void waitingFor(int bytes, Write write) throws IOException {
        if (unread) {
            throw new Unread();
        }
        begin();
        long begun = System.nanoTime();
        try {
            write.run();
        } finally {
            end(System.nanoTime() - begun, bytes);
        }
        if (waited > longestWait) {
            unread = true;
            throw new Unread();
        }
    }

    private synchronized void begin() {
        writing = true;
        calmDown();
    }

    private synchronized void end(long took, int bytes) {
        writing = false;
        deadline = System.nanoTime() + limit;
        waited = Math.max(0, waited + took - bytes * nanosPerByte);
    }

    private final class PacedStream extends ServletOutputStream {

        private final ServletOutputStream stream;

        PacedStream(ServletOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int one) throws IOException {
            waitingFor(1, () -> stream.write(one));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int done = 0; done < length; done += PIECE) {
                int begin = from + done;
                int piece = Math.min(PIECE, length - done);
                waitingFor(piece, () -> stream.write(bytes, begin, piece));
            }
        }

        @Override
        public void flush() throws IOException {
            if (mayBeSent()) {
                waitingFor(0, stream::flush);
            }
        }

        @Override
        public void close() throws IOException {
            if (mayBeSent()) {
                waitingFor(0, stream::close);
            }
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            stream.setWriteListener(listener);
        }
    }
}
