package io.guildhall.infrastructure.outbox.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guildhall.infrastructure.outbox.mail.MailTransport.MailNotDeliveredException;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What a server's answers mean: whether this mail is the trouble, or every mail would be. */
class SmtpMailTransportTest {

    private static final OutboxEntry MAIL = new OutboxEntry(
            UUID.randomUUID(),
            "PASSWORD_CHANGED",
            UUID.randomUUID(),
            null,
            null,
            null,
            null,
            null,
            Instant.now(),
            Instant.now(),
            1);

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 no such user, true",
        "RCPT, 451 greylisted, true",
        "DATA, 554 looks like spam, true",
        "MAIL, 550 you are not welcome, false",
        "MAIL, 530 authenticate first, false",
        "RCPT, 421 shutting down, false",
        "EHLO, 421 too busy, false"
    })
    void tellsARefusedMailFromAServerThatTakesNone(String command, String answer, boolean refused) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, command, answer));

            MailNotDeliveredException failure =
                    catchThrowableOfType(MailNotDeliveredException.class, () -> deliver(server.getLocalPort()));

            assertThat(failure.isRefused()).isEqualTo(refused);
        }
    }

    @Test
    void takesASilentServerForOneThatTakesNone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JavaMailSenderImpl smtp = smtp(server.getLocalPort());
            smtp.getJavaMailProperties().setProperty("mail.smtp.timeout", "200");

            MailNotDeliveredException failure =
                    catchThrowableOfType(MailNotDeliveredException.class, () -> deliver(smtp));

            assertThat(failure.isRefused()).isFalse();
        }
    }

    /** What the mail library or a server says that is not known to be about every mail. */
    @Test
    void takesAnUnknownFailureForOneOfTheMessage() throws Exception {
        var poison = new MimeMessage((Session) null) {

            @Override
            public void writeTo(OutputStream out, String[] ignored) {
                throw new IllegalStateException("a mistake of the library");
            }
        };
        poison.setFrom("no-reply@guildhall.example");
        poison.setRecipients(Message.RecipientType.TO, "ada@example.com");
        poison.setText("hello");
        poison.saveChanges();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, "NONE", ""));

            MailNotDeliveredException failure = catchThrowableOfType(
                    MailNotDeliveredException.class,
                    () -> new SmtpMailTransport(smtp(server.getLocalPort())).deliver(MAIL, poison));

            assertThat(failure.isRefused()).isTrue();
        }
    }

    @Test
    void sendsAnAddressThatIsNotAsciiWhereTheServerOffersIt() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> heard = new CopyOnWriteArrayList<>();
            Thread.ofVirtual().start(() -> listen(server, heard, "250-here\r\n250-8BITMIME\r\n250 SMTPUTF8"));

            deliver(smtp(server.getLocalPort()), "\u0161da@example.com");

            assertThat(heard)
                    .anyMatch(line ->
                            line.startsWith("MAIL FROM:<no-reply@guildhall.example>") && line.contains("SMTPUTF8"))
                    .anyMatch(line -> line.startsWith("RCPT TO:<\u0161da@example.com>"))
                    .anyMatch(line -> line.startsWith("To: ") && line.contains("\u0161da@example.com"))
                    .noneMatch(line -> line.contains("ada@example.com"));
        }
    }

    @Test
    void refusesAnAddressThatIsNotAsciiWhereTheServerDoesNotOfferIt() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> heard = new CopyOnWriteArrayList<>();
            Thread.ofVirtual().start(() -> listen(server, heard, "250-here\r\n250 8BITMIME"));

            MailNotDeliveredException failure = catchThrowableOfType(
                    MailNotDeliveredException.class,
                    () -> deliver(smtp(server.getLocalPort()), "\u0161da@example.com"));

            assertThat(failure.isRefused()).isTrue();
            assertThat(failure.getCause()).isInstanceOf(SmtpMailTransport.Utf8NotOfferedException.class);
            assertThat(heard).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("RCPT"));
        }
    }

    /** A server on the way may not offer it. */
    @Test
    void asksForUtf8OnlyWhereAnAddressNeedsIt() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> heard = new CopyOnWriteArrayList<>();
            Thread.ofVirtual().start(() -> listen(server, heard, "250-here\r\n250 SMTPUTF8"));

            deliver(smtp(server.getLocalPort()), "ada@пример.example");

            assertThat(heard)
                    .anyMatch(line -> line.startsWith("RCPT TO:<ada@xn--e1afmkfd.example>"))
                    .noneMatch(line -> line.contains("SMTPUTF8"));
        }
    }

    /** One dialogue with a server that takes everything. */
    private static void listen(ServerSocket server, List<String> heard, String extensions) {
        try (var socket = server.accept();
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            var out = socket.getOutputStream();
            out.write("220 ready\r\n".getBytes(US_ASCII));
            boolean body = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                body = body && !line.equals(".") || line.startsWith("DATA");
                if (line.startsWith("DATA")) {
                    out.write("354 go on\r\n".getBytes(US_ASCII));
                } else if (!body) {
                    out.write(((line.startsWith("EHLO") ? extensions : "250 ok") + "\r\n").getBytes(US_ASCII));
                }
            }
        } catch (IOException e) {
            // The client has gone, which is how dialogues end.
        }
    }

    private static void deliver(int port) throws Exception {
        deliver(smtp(port));
    }

    private static void deliver(JavaMailSenderImpl smtp) throws Exception {
        deliver(smtp, "ada@example.com");
    }

    private static void deliver(JavaMailSenderImpl smtp, String address) throws Exception {
        var mailContent = new MailContent(address, "Your password was changed", "Hello,\n", "<p>Hello,</p>");
        new SmtpMailTransport(smtp)
                .deliver(
                        MAIL,
                        new MimeMessageFactory(MailOutboxFixture.properties(Duration.ofDays(3)))
                                .put(MAIL, mailContent));
    }

    private static JavaMailSenderImpl smtp(int port) {
        var smtp = new JavaMailSenderImpl();
        smtp.setHost("127.0.0.1");
        smtp.setPort(port);
        return smtp;
    }

    /** One dialogue, in which one command gets the given answer and all others what they hope for. */
    private static void answer(ServerSocket server, String command, String answer) {
        try (var socket = server.accept();
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            var out = socket.getOutputStream();
            out.write("220 ready\r\n".getBytes(US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String reply = line.startsWith(command) || command.equals("EHLO") && line.startsWith("HELO")
                        ? answer
                        : line.startsWith("DATA") ? "354 go on" : "250 ok";
                out.write((reply + "\r\n").getBytes(US_ASCII));
            }
        } catch (IOException e) {
            // The client has gone, which is how dialogues end.
        }
    }
}
