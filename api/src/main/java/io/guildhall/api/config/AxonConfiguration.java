package io.guildhall.api.config;

import io.guildhall.domain.organization.NameClaim;
import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.organization.OrganizationLoader;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.user.EmailClaim;
import io.guildhall.domain.user.SupportContact;
import io.guildhall.domain.user.User;
import io.guildhall.infrastructure.checkpoint.SigningKey;
import io.guildhall.infrastructure.encryption.KeyEncryptionKeys;
import io.guildhall.infrastructure.eventstore.CachingAggregateRepository;
import io.guildhall.infrastructure.eventstore.ClaimRepository;
import io.guildhall.infrastructure.eventstore.EventSerializers;
import io.guildhall.infrastructure.eventstore.RecordSnapshotter;
import io.guildhall.infrastructure.eventstore.SnapshotSchedule;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import io.guildhall.query.QueryConfiguration;
import io.guildhall.query.session.SessionIdleLimit;
import io.guildhall.query.user.PublicUrl;
import java.net.URI;
import java.time.Clock;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.modelling.command.Repository;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon as this service uses it. Boot 4 has moved what Axon's own auto-configuration looks for, so everything that would
 * silently fall back to no transactions or to memory is said here.
 */
@Configuration(proxyBeanMethods = false)
@Import(QueryConfiguration.class)
@EnableConfigurationProperties(GuildhallProperties.class)
@ComponentScan(
        basePackages = "io.guildhall.domain",
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = CommandHandlerFilter.class))
class AxonConfiguration {

    @Bean
    ExpirationPolicy expirationPolicy(GuildhallProperties properties) {
        return properties.expirationPolicy();
    }

    @Bean
    SupportContact supportContact(GuildhallProperties properties) {
        return new SupportContact(properties.supportContact());
    }

    @Bean
    SessionIdleLimit sessionIdleLimit(GuildhallProperties properties) {
        return new SessionIdleLimit(properties.sessionIdleLimit());
    }

    /** Without a trailing slash. */
    @Bean
    PublicUrl publicUrl(GuildhallProperties properties, @Value("${server.port:8080}") int port) {
        String url = properties.publicUrl() == null
                ? "http://localhost:" + port
                : properties.publicUrl().toString();
        return new PublicUrl(URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url));
    }

    @Bean
    SigningKey signingKey(JdbcClient jdbc, KeyEncryptionKeys wrapping, PublicUrl publicUrl) {
        return new SigningKey(jdbc, wrapping, publicUrl.value());
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    @Primary
    Serializer serializer() {
        return EventSerializers.serializer();
    }

    /** Copies the actor from a command to each of its events (R19: every activity names its actor). */
    @Bean
    CorrelationDataProvider actOfTheCommand() {
        return new SimpleCorrelationDataProvider(
                ActorContext.ACTOR_TYPE,
                ActorContext.ACTOR,
                ActorContext.TOKEN,
                ActorContext.SESSION_TOKEN,
                ActorContext.REQUEST);
    }

    /** What a handler cannot do fails all that is done together with it; then it is done once more, with {@link DeadLetterMode}. */
    @Autowired
    void failures(EventProcessingConfigurer processing) {
        processing.registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance());
        processing.registerDefaultErrorHandler(configuration -> PropagatingErrorHandler.instance());
    }

    @Bean
    Limits limits(GuildhallProperties properties) {
        return properties.limits();
    }

    @Bean
    SnapshotSchedule snapshotSchedule(RecordSnapshotter snapshotter, GuildhallProperties properties) {
        return new SnapshotSchedule(snapshotter, properties.eventsBetweenSnapshots());
    }

    @Bean
    Repository<User> userRepository(EventStore events, SnapshotSchedule snapshots, GuildhallProperties properties) {
        return new CachingAggregateRepository<>(User.class, events, snapshots, properties.aggregatesKept());
    }

    @Bean
    Repository<Organization> organizationRepository(
            EventStore events, SnapshotSchedule snapshots, GuildhallProperties properties) {
        return new CachingAggregateRepository<>(Organization.class, events, snapshots, properties.aggregatesKept());
    }

    @Bean
    Repository<EmailClaim> emailClaimRepository(EventStore events, GuildhallProperties properties) {
        return new ClaimRepository<>(EmailClaim.class, events, properties.aggregatesKept());
    }

    @Bean
    Repository<NameClaim> nameClaimRepository(EventStore events, GuildhallProperties properties) {
        return new ClaimRepository<>(NameClaim.class, events, properties.aggregatesKept());
    }

    @Bean
    OrganizationLoader organizations(Repository<Organization> repository, Clock clock) {
        return new OrganizationLoader(repository, clock);
    }
}
