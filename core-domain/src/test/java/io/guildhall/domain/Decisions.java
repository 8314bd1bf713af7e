package io.guildhall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.EmailClaim;
import io.guildhall.domain.account.KeepingAccounts;
import io.guildhall.domain.account.SigningIn;
import io.guildhall.domain.account.SigningUp;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.kernel.Refusal;
import io.guildhall.domain.organization.EndingMemberships;
import io.guildhall.domain.organization.EndingOrganizations;
import io.guildhall.domain.organization.ErasingAccounts;
import io.guildhall.domain.organization.Founding;
import io.guildhall.domain.organization.Inviting;
import io.guildhall.domain.organization.IssuingTokens;
import io.guildhall.domain.organization.KeepingOrganizations;
import io.guildhall.domain.organization.KeepingWebhooks;
import io.guildhall.domain.organization.NameClaim;
import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.organization.Organizations;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.Repository;

/**
 * Given, when, then over several aggregates: all handlers, in memory, at a time of the test's choosing. What Axon's fixture is for
 * one aggregate; every event that is appended must also have gone to the stream that it belongs to.
 */
public final class Decisions {

    private final EventStorageEngine engine = new InMemoryEventStorageEngine();
    private final EmbeddedEventStore events =
            EmbeddedEventStore.builder().storageEngine(engine).build();
    private final CommandBus bus = SimpleCommandBus.builder().build();
    private final MovableClock clock = new MovableClock();
    private final TransparentPersonalData personalData = new TransparentPersonalData();

    public Decisions() {
        Repository<Account> accounts = repository(Account.class);
        Repository<EmailClaim> emails = repository(EmailClaim.class);
        Repository<NameClaim> names = repository(NameClaim.class);
        Repository<Organization> all = repository(Organization.class);
        var organizations = new Organizations(all, clock);
        var plans = new Catalogue();
        Stream.of(
                        new SigningUp(accounts, emails, personalData, Facts.LIFETIMES, clock),
                        new SigningIn(accounts, personalData, Facts.LIFETIMES, clock),
                        new KeepingAccounts(accounts, emails, personalData, Facts.LIFETIMES, clock),
                        new Founding(all, accounts, names, plans, Facts.CONTACT),
                        new KeepingOrganizations(organizations, names, personalData, plans),
                        new Inviting(
                                organizations, accounts, emails, personalData, plans, Facts.LIFETIMES, Facts.CONTACT),
                        new EndingMemberships(organizations, accounts),
                        new IssuingTokens(organizations),
                        new KeepingWebhooks(organizations, personalData),
                        new EndingOrganizations(organizations, accounts, names, personalData, Facts.LIFETIMES),
                        new ErasingAccounts(organizations, accounts, emails, personalData))
                .forEach(handler -> new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus));
    }

    /** Events, or lists of them. */
    public Decisions given(Object... facts) {
        Facts.and(facts).forEach(this::append);
        return this;
    }

    public Decisions at(Instant now) {
        clock.set(now);
        return this;
    }

    /** By the system, or of no concern who. */
    public Outcome when(Object command) {
        return when(command, Act.bySystem());
    }

    public Outcome when(Object command, Act act) {
        long before = appended().count();
        var result = new AtomicReference<CommandResultMessage<?>>();
        bus.dispatch(new GenericCommandMessage<>(command, act.toMetaData()), (message, answer) -> result.set(answer));
        List<? extends DomainEventMessage<?>> since = appended().skip(before).toList();
        since.forEach(event -> assertThat(event.getAggregateIdentifier())
                .as("the stream of %s", event.getPayload())
                .isEqualTo(Facts.streamOf(event.getPayload())));
        return new Outcome(
                since.stream().<Object>map(DomainEventMessage::getPayload).toList(), result.get());
    }

    public TransparentPersonalData personalData() {
        return personalData;
    }

    /** What came of one command. */
    public final class Outcome {

        private final List<Object> appended;
        private final CommandResultMessage<?> result;

        private Outcome(List<Object> appended, CommandResultMessage<?> result) {
            this.appended = appended;
            this.result = result;
        }

        /** These and no others, in this order. */
        public Decisions expectEvents(Object... expected) {
            requireSuccess();
            assertThat(appended).containsExactlyElementsOf(Facts.and(expected));
            return Decisions.this;
        }

        /** These and no others; where the order of an act's events is nobody's concern. */
        public Decisions expectEventsInAnyOrder(Object... expected) {
            requireSuccess();
            assertThat(appended).containsExactlyInAnyOrderElementsOf(Facts.and(expected));
            return Decisions.this;
        }

        /** Carried out, and nothing has changed. */
        public Decisions expectSilence() {
            return expectEvents();
        }

        /** Refused for this very reason, and nothing has changed. */
        public Decisions expectRefusal(Refusal reason) {
            assertThat(result.isExceptional())
                    .as("refused; appended: %s", appended)
                    .isTrue();
            assertThat(result.exceptionResult()).isInstanceOf(CommandRefused.class);
            assertThat(((CommandRefused) result.exceptionResult()).refusal()).isEqualTo(reason);
            assertThat(appended).isEmpty();
            return Decisions.this;
        }

        /** For what a test asks about a single event among others. */
        public List<Object> events() {
            requireSuccess();
            return appended;
        }

        private void requireSuccess() {
            if (result.isExceptional()) {
                throw new AssertionError("The command failed", result.exceptionResult());
            }
        }
    }

    private <T> Repository<T> repository(Class<T> type) {
        return EventSourcingRepository.builder(type).eventStore(events).build();
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
