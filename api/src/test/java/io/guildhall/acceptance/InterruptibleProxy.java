package io.guildhall.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a server and can be gone: then what is connected breaks, and who connects is refused. It can also be silent: then
 * everybody is connected, and nothing passes.
 */
final class InterruptibleProxy {

    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private final Object passage = new Object();
    private ServerSocket listening;
    private boolean silent;

    InterruptibleProxy(InetSocketAddress server) {
        this.server = server;
        listening = listen(0);
        port = listening.getLocalPort();
    }

    /** Host and port, which stay the same. */
    String address() {
        return "127.0.0.1:" + port;
    }

    synchronized void cut() {
        close(listening);
        open.forEach(InterruptibleProxy::close);
        open.clear();
    }

    synchronized void mend() {
        listening = listen(port);
    }

    void fallSilent() {
        synchronized (passage) {
            silent = true;
        }
    }

    void speak() {
        synchronized (passage) {
            silent = false;
            passage.notifyAll();
        }
    }

    private void awaitPassage() throws IOException {
        synchronized (passage) {
            while (silent) {
                try {
                    passage.wait();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
        }
    }

    private ServerSocket listen(int at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            Thread.ofVirtual().name("proxy").start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket on) {
        while (!on.isClosed()) {
            try {
                Socket caller = on.accept();
                Socket onward = new Socket();
                synchronized (this) {
                    if (on.isClosed()) {
                        close(caller);
                        return;
                    }
                    open.add(caller);
                    open.add(onward);
                }
                connect(caller, onward);
            } catch (IOException e) {
                // Cut.
            }
        }
    }

    private void connect(Socket caller, Socket onward) {
        try {
            onward.connect(server, 2_000);
            Thread.ofVirtual().start(() -> pump(caller, onward));
            Thread.ofVirtual().start(() -> pump(onward, caller));
        } catch (IOException e) {
            // The server is away itself: whoever called is to find out.
            close(caller);
            close(onward);
            open.remove(caller);
            open.remove(onward);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side is gone, and takes the other along.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is gone, which is what was wanted.
        }
    }
}
