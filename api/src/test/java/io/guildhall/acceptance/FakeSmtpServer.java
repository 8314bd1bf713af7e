package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mail server that takes everything, or is told to leave whoever sends waiting for its word. */
final class FakeSmtpServer implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("https?://\\S+/([A-Za-z0-9_-]{43})");

    private final ServerSocket listening;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> inHand = new CopyOnWriteArrayList<>();
    private final Map<String, String> links = new ConcurrentHashMap<>();
    private volatile boolean holding;

    FakeSmtpServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** To whom it has taken mails, each as often as it came. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    /** The id of the link in the latest mail to somebody, or null. */
    @Nullable String link(String recipient) {
        return links.get(recipient);
    }

    /** To whom mails are that have arrived whole, and of which it has not said that it takes them. */
    List<String> inHand() {
        return List.copyOf(inHand);
    }

    void hold() {
        holding = true;
    }

    /** Those in hand are taken, and all that come. */
    void release() {
        holding = false;
    }

    /** False when that does not come any more. */
    private boolean awaitRelease() {
        while (holding) {
            FaultDurations.sleep(Duration.ofMillis(20));
            if (listening.isClosed()) {
                return false;
            }
        }
        return true;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            var in = new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
            String recipient = "";
            say(caller, "220 here");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
                switch (word) {
                    case "RCPT" -> {
                        recipient = line.replaceFirst("(?i)^RCPT TO:<([^>]*)>.*", "$1");
                        say(caller, "250 fine");
                    }
                    case "DATA" -> {
                        say(caller, "354 go on");
                        for (String said = in.readLine(); !".".equals(said); said = in.readLine()) {
                            Matcher link = LINK.matcher(String.valueOf(said));
                            if (link.matches()) {
                                links.put(recipient, link.group(1));
                            }
                        }
                        if (holding) {
                            inHand.add(recipient);
                            if (!awaitRelease()) {
                                return;
                            }
                        }
                        taken.add(recipient);
                        say(caller, "250 taken");
                    }
                    case "QUIT" -> {
                        say(caller, "221 bye");
                        return;
                    }
                    default -> say(caller, "250 fine");
                }
            }
        } catch (IOException gone) {
            // Whoever called is dead.
        }
    }

    private static void say(Socket caller, String line) throws IOException {
        caller.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
