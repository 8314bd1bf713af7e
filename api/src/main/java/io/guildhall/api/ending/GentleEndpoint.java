package io.guildhall.api.ending;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Stops listening between two connections. The kernel makes connections before they are accepted; to close a listening socket breaks
 * them, and with them the requests that are under way on them. So all of those are accepted first, and the socket is closed when
 * there is none.
 */
final class GentleEndpoint extends NioEndpoint {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean ending;
    private volatile @Nullable Duration unread;

    void closeUnread(Duration longest) {
        unread = longest;
    }

    /** Otherwise it would be as long as for what arrives. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        boolean set = super.setSocketOptions(socket);
        Duration longest = unread;
        SocketWrapperBase<?> connection = connections.get(socket);
        if (longest != null && connection != null) {
            connection.setWriteTimeout(longest.toMillis());
        }
        return set;
    }

    void acceptNoMore(Duration patience) throws InterruptedException {
        ending = true;
        wakeAcceptor();
        closed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** By a connection, as Tomcat does it; it is accepted and closed like any other. */
    private void wakeAcceptor() {
        if (getServerSocket() instanceof ServerSocketChannel listening) {
            try (SocketChannel knock = SocketChannel.open()) {
                InetSocketAddress bound = (InetSocketAddress) listening.getLocalAddress();
                InetAddress address =
                        bound.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound.getAddress();
                knock.connect(new InetSocketAddress(address, bound.getPort()));
            } catch (IOException e) {
                getLog().debug("The acceptor is not woken", e);
            }
        }
    }

    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        if (!ending) {
            return super.serverSocketAccept();
        }
        ServerSocketChannel listening = (ServerSocketChannel) getServerSocket();
        if (listening.isOpen()) {
            listening.configureBlocking(false);
            SocketChannel last = listening.accept();
            if (last != null) {
                return last;
            }
            listening.close();
            closed.countDown();
        }
        stopped.await();
        // Thrown away, since Tomcat is stopping by then.
        return SocketChannel.open();
    }

    @Override
    protected void unlockAccept() {
        if (ending) {
            stopped.countDown();
        } else {
            super.unlockAccept();
        }
    }
}
