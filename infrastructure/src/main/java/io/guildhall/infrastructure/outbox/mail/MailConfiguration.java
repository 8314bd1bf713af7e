package io.guildhall.infrastructure.outbox.mail;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** By SMTP where {@code spring.mail.host} names a server, as files in the home otherwise. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
class MailConfiguration {

    static {
        // Otherwise the class path is searched for it anew for each part of each message.
        System.setProperty("jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName());
    }

    @Bean
    MailTransport delivery(ObjectProvider<JavaMailSenderImpl> smtp, ObjectProvider<DataDirectory> home) {
        JavaMailSenderImpl sender = smtp.getIfAvailable();
        return sender != null
                ? new SmtpMailTransport(sender)
                : new FileMailTransport(home.getObject().directory("mail"));
    }
}
