package io.guildhall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.CreateOrganizationCommandHandler;
import io.guildhall.domain.organization.EraseUserCommandHandler;
import io.guildhall.domain.organization.InvitationCommandHandler;
import io.guildhall.domain.organization.MembershipCommandHandler;
import io.guildhall.domain.organization.NameClaim;
import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.organization.OrganizationLifecycleCommandHandler;
import io.guildhall.domain.organization.OrganizationLoader;
import io.guildhall.domain.organization.OrganizationSettingsCommandHandler;
import io.guildhall.domain.organization.TokenCommandHandler;
import io.guildhall.domain.organization.WebhookCommandHandler;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.domain.user.EmailClaim;
import io.guildhall.domain.user.SessionCommandHandler;
import io.guildhall.domain.user.SignUpCommandHandler;
import io.guildhall.domain.user.User;
import io.guildhall.domain.user.UserCommandHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/**
 * Given-when-then fixture for decisions over several aggregates, with all command handlers, in memory and at a chosen
 * time. Axon's fixture covers one aggregate only. Checks that each event is appended to the stream that it belongs to.
 * Repeats each decision on aggregates that are restored from a snapshot at a random event, and requires the same
 * result.
 */
public final class Decisions {

    // Searching the class path for these takes most of the time of a test.
    private static final ParameterResolverFactory PARAMETERS =
            ClasspathParameterResolverFactory.forClass(Decisions.class);
    private static final HandlerDefinition HANDLERS = ClasspathHandlerDefinition.forClass(Decisions.class);
    private static final Map<Class<?>, AggregateModel<?>> MODELS = new ConcurrentHashMap<>();

    private final EventStorageEngine engine = new InMemoryEventStorageEngine() {
        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {
            Snapshots.requireNext(this, events);
            super.appendEvents(events);
        }
    };
    private final MovableClock clock = new MovableClock();
    private final TransparentPersonalData personalData = new TransparentPersonalData();
    private final Limits limits;
    private final Snapshots snapshots;
    private final CommandBus bus;

    /** Makes the same decisions on aggregates restored from snapshots; its events are discarded. */
    private final Snapshots.Restoring restoring;

    private final TransparentPersonalData restoringPersonalData = new TransparentPersonalData();
    private final CommandBus restoringBus;

    public Decisions() {
        this(Facts.LIMITS, 1);
    }

    /** @param seed for choosing the event after which a snapshot is taken */
    public Decisions(Limits limits, long seed) {
        this.limits = limits;
        this.snapshots = new Snapshots(seed);
        this.bus = handlersOn(engine, personalData);
        this.restoring = snapshots.of(engine);
        this.restoringBus = handlersOn(restoring, restoringPersonalData);
    }

    private CommandBus handlersOn(EventStorageEngine streams, PersonalDataCipher sealing) {
        EventStore events = EmbeddedEventStore.builder().storageEngine(streams).build();
        Repository<User> users = repository(User.class, events);
        Repository<EmailClaim> emails = repository(EmailClaim.class, events);
        Repository<NameClaim> names = repository(NameClaim.class, events);
        Repository<Organization> all = repository(Organization.class, events);
        var organizations = new OrganizationLoader(all, clock);
        var plans = new TestPlanCatalog();
        CommandBus handlers = SimpleCommandBus.builder().build();
        Stream.of(
                        new SignUpCommandHandler(users, emails, sealing, Facts.LIFETIMES, clock),
                        new SessionCommandHandler(users, sealing, Facts.LIFETIMES, limits, clock),
                        new UserCommandHandler(users, emails, sealing, Facts.LIFETIMES, limits, clock),
                        new CreateOrganizationCommandHandler(all, users, names, plans, Facts.CONTACT),
                        new OrganizationSettingsCommandHandler(organizations, names, sealing, plans),
                        new InvitationCommandHandler(
                                organizations, users, emails, sealing, plans, Facts.LIFETIMES, limits, Facts.CONTACT),
                        new MembershipCommandHandler(organizations, users),
                        new TokenCommandHandler(organizations, personalData, limits),
                        new WebhookCommandHandler(organizations, sealing, limits),
                        new OrganizationLifecycleCommandHandler(organizations, users, names, sealing, Facts.LIFETIMES),
                        new EraseUserCommandHandler(organizations, users, emails, sealing))
                .forEach(handler ->
                        new AnnotationCommandHandlerAdapter<>(handler, PARAMETERS, HANDLERS).subscribe(handlers));
        return handlers;
    }

    /** @param facts events, or lists of events */
    public Decisions given(Object... facts) {
        Facts.and(facts).forEach(this::append);
        return this;
    }

    public Decisions at(Instant now) {
        clock.set(now);
        return this;
    }

    /** Dispatches a command as the system. */
    public Outcome when(Object command) {
        return when(command, ActorContext.bySystem().toMetaData());
    }

    public Outcome when(Object command, MetaData actor) {
        Outcome restored = whenRestored(command, actor);
        long before = appended().count();
        CommandResultMessage<?> result = dispatch(bus, command, actor);
        List<? extends DomainEventMessage<?>> since = appended().skip(before).toList();
        since.forEach(event -> assertThat(event.getAggregateIdentifier())
                .as("the stream of %s", event.getPayload())
                .isEqualTo(Facts.streamOf(event.getPayload())));
        var outcome = new Outcome(
                since.stream().<Object>map(DomainEventMessage::getPayload).toList(), result);
        assertThat(restored.appended)
                .as("decided on snapshots and the events after them")
                .isEqualTo(outcome.appended);
        assertThat(restored.failure())
                .as("decided on snapshots and the events after them")
                .isEqualTo(outcome.failure());
        return outcome;
    }

    private Outcome whenRestored(Object command, MetaData actor) {
        restoringPersonalData.become(personalData);
        CommandResultMessage<?> result = dispatch(restoringBus, command, actor);
        return new Outcome(restoring.takeAppended(), result);
    }

    private static CommandResultMessage<?> dispatch(CommandBus handlers, Object command, MetaData actor) {
        var result = new AtomicReference<CommandResultMessage<?>>();
        handlers.dispatch(new GenericCommandMessage<>(command, actor), (message, answer) -> result.set(answer));
        return result.get();
    }

    /** Expects that restoring any stream from a snapshot of any of its events gives the same state. */
    public void expectTheSameStateAfterEverySnapshot() {
        appended()
                .map(DomainEventMessage::getAggregateIdentifier)
                .distinct()
                .forEach(stream -> snapshots.expectTheSameStateAfterEach(
                        engine.readEvents(stream).asStream().toList()));
    }

    public TransparentPersonalData personalData() {
        return personalData;
    }

    /** The outcome of a command. */
    public final class Outcome {

        private final List<Object> appended;
        private final CommandResultMessage<?> result;

        private Outcome(List<Object> appended, CommandResultMessage<?> result) {
            this.appended = appended;
            this.result = result;
        }

        /** Expects exactly these events, in this order. */
        public Decisions expectEvents(Object... expected) {
            requireSuccess();
            assertThat(appended).containsExactlyElementsOf(Facts.and(expected));
            return Decisions.this;
        }

        /** Expects exactly these events, in any order. */
        public Decisions expectEventsInAnyOrder(Object... expected) {
            requireSuccess();
            assertThat(appended).containsExactlyInAnyOrderElementsOf(Facts.and(expected));
            return Decisions.this;
        }

        /** Expects success without events. */
        public Decisions expectSilence() {
            return expectEvents();
        }

        /** Expects this rejection and no events. */
        public Decisions expectRejection(Rejection reason) {
            assertThat(result.isExceptional())
                    .as("refused; appended: %s", appended)
                    .isTrue();
            assertThat(result.exceptionResult()).isInstanceOf(DomainRejectionException.class);
            assertThat(((DomainRejectionException) result.exceptionResult()).rejection())
                    .isEqualTo(reason);
            assertThat(appended).isEmpty();
            return Decisions.this;
        }

        public boolean isSuccess() {
            return !result.isExceptional();
        }

        /** Returns the events, for assertions on single ones. */
        public List<Object> events() {
            requireSuccess();
            return appended;
        }

        /** Returns null on success. */
        private @Nullable String failure() {
            return result.isExceptional() ? result.exceptionResult().toString() : null;
        }

        private void requireSuccess() {
            if (result.isExceptional()) {
                throw new AssertionError("The command failed", result.exceptionResult());
            }
        }
    }

    private static <T> Repository<T> repository(Class<T> type, EventStore events) {
        return EventSourcingRepository.builder(type)
                .aggregateModel(model(type))
                .eventStore(events)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static <T> AggregateModel<T> model(Class<T> type) {
        return (AggregateModel<T>) MODELS.computeIfAbsent(
                type, it -> AnnotatedAggregateMetaModelFactory.inspectAggregate(it, PARAMETERS, HANDLERS));
    }

    private Stream<? extends DomainEventMessage<?>> appended() {
        return engine.readEvents(null, false)
                .map(DomainEventMessage.class::cast)
                .map(event -> (DomainEventMessage<?>) event);
    }

    private void append(Object fact) {
        String stream = Facts.streamOf(fact);
        long sequence =
                engine.lastSequenceNumberFor(stream).map(last -> last + 1).orElse(0L);
        engine.appendEvents(new GenericDomainEventMessage<>("given", stream, sequence, fact));
    }
}
