package io.guildhall.api.mail;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.outbox.mail.DevelopmentInbox;
import io.guildhall.infrastructure.outbox.mail.FileMailTransport;
import io.guildhall.infrastructure.outbox.mail.MailTransport;
import io.guildhall.query.user.PublicUrl;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RenderingResponse;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Shows mails that are written to files, on a developer's machine only. The mails contain links that reset passwords, so the routes
 * exist only where nobody else can reach them: no SMTP server, a server bound to a loopback address, a public URL on this machine, no
 * configured proxy, and a {@link LoopbackRequest}. The routes are functional, because a request that their predicate rejects goes on to
 * the other handlers and gets the answer of an unknown route.
 */
@Configuration(proxyBeanMethods = false)
class DevelopmentInboxConfiguration {

    private static final RequestPredicate ALLOWED = request -> LoopbackRequest.matches(request.servletRequest());

    record MailsReply(List<DevelopmentInbox.MailSummary> mails) {}

    record MailReply(DevelopmentInbox.MailText mail) {}

    @Bean
    RouterFunction<ServerResponse> developmentInbox(
            MailTransport mailTransport, DataDirectory home, ServerProperties server, PublicUrl publicUrl) {
        return mailTransport instanceof FileMailTransport && isLocal(server, publicUrl)
                ? routes(new DevelopmentInbox(home.directory("mail")))
                : request -> Optional.empty();
    }

    /** Whether the configuration keeps every other machine out. */
    static boolean isLocal(ServerProperties server, PublicUrl publicUrl) {
        InetAddress address = server.getAddress();
        ForwardHeadersStrategy forwarded = server.getForwardHeadersStrategy();
        return address != null
                && address.isLoopbackAddress()
                && (forwarded == null || forwarded == ForwardHeadersStrategy.NONE)
                && LoopbackRequest.isLoopbackHost(publicUrl.value().getAuthority());
    }

    static RouterFunction<ServerResponse> routes(DevelopmentInbox inbox) {
        return RouterFunctions.route()
                .GET(
                        "/console/inbox",
                        ALLOWED,
                        request -> RenderingResponse.create("forward:/console").build())
                .GET(
                        "/development/inbox",
                        ALLOWED,
                        request -> ServerResponse.ok().body(new MailsReply(inbox.newest())))
                .GET(
                        "/development/inbox/{id}",
                        ALLOWED,
                        request -> ServerResponse.ok().body(new MailReply(require(inbox, request))))
                .build();
    }

    private static DevelopmentInbox.MailText require(DevelopmentInbox inbox, ServerRequest request) {
        DevelopmentInbox.MailText mail = inbox.find(request.pathVariable("id"));
        if (mail == null) {
            throw RequestRejectionException.notFound("mail");
        }
        return mail;
    }
}
