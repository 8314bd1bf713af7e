package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.organization.NameClaimEvent.NameClaimed;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
import io.guildhall.domain.organization.OrganizationCommand.AnswerSignupQualification;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.domain.organization.OrganizationEvent.SignupQualificationAnswered;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An organization's name is unique (R4); a plan with a price needs billing information (R8). */
class UpdateOrganizationTest {

    private final Decisions decisions = new Decisions().given(acme("hobby"));

    @Nested
    class ItsName {

        @Test
        void movesAndTheOldOneIsFree() {
            decisions
                    .when(rename("initech"), by(ADA))
                    .expectEventsInAnyOrder(
                            new NameReleased("acme", ACME),
                            new NameClaimed("initech", ACME),
                            new OrganizationRenamed(ACME, "acme", "initech"));
            decisions
                    .given(validatedUser(BOB, "bob@example.com"))
                    .when(new CreateOrganization(GLOBEX, "acme", BOB, id("seat")))
                    .events();
        }

        @Test
        void canGoBackToWhatItWas() {
            decisions.when(rename("initech"), by(ADA)).events();
            decisions
                    .when(rename("acme"), by(ADA))
                    .expectEventsInAnyOrder(
                            new NameReleased("initech", ACME),
                            new NameClaimed("acme", ACME),
                            new OrganizationRenamed(ACME, "initech", "acme"));
        }

        @Test
        void isSilentOverItself() {
            decisions.when(rename("acme"), by(ADA)).expectSilence();
        }

        @Test
        void isRefusedWhenTaken() {
            decisions
                    .given(new NameClaimed("globex", GLOBEX))
                    .when(rename("globex"), by(ADA))
                    .expectRejection(OrganizationRejections.NAME_TAKEN);
        }

        @Test
        void isRefusedWhenItIsNone() {
            decisions.when(rename("in--itech"), by(ADA)).expectRejection(OrganizationRejections.NAME_MALFORMED);
        }

        @Test
        void cannotChangeWhileDeactivated() {
            decisions
                    .given(deactivated())
                    .when(rename("initech"), by(ADA))
                    .expectRejection(OrganizationRejections.TOKEN_REJECTED);
        }

        private static UpdateOrganization rename(String name) {
            return new UpdateOrganization(ACME, name, Map.of());
        }
    }

    @Nested
    class ItsBillingInformation {

        private static final Map<String, @Nullable String> ENOUGH = Map.of(
                "billing_name",
                " Acme ",
                "billing_email",
                "bills@example.com",
                "address1",
                "1 Road",
                "city",
                "Paris",
                "country",
                "FR");

        @Test
        void isSealedAndEnoughForAPlanWithAPrice() {
            decisions.when(billing(ENOUGH), by(ADA)).expectEvents(billingInformation());
        }

        @Test
        void canBeGivenBitByBit() {
            decisions
                    .when(billing(Map.of("city", "Paris")), by(ADA))
                    .expectEvents(new BillingInformationProvided(ACME, sealed(ACME, "city=Paris"), false));
            decisions
                    .when(billing(Map.of("address1", "a=b")), by(ADA))
                    .expectEvents(
                            new BillingInformationProvided(ACME, sealed(ACME, "address1=a=b\ncity=Paris"), false));
            decisions
                    .when(billing(Map.of("country", "FR")), by(ADA))
                    .expectEvents(new BillingInformationProvided(
                            ACME, sealed(ACME, "address1=a=b\ncity=Paris\ncountry=FR"), false));
        }

        @Test
        void isSilentOverTheSame() {
            decisions.given(billingInformation()).when(billing(ENOUGH), by(ADA)).expectSilence();
        }

        @Test
        void isSilentWhenWhatIsEmptiedWasEmpty() {
            decisions.when(billing(nothing("city")), by(ADA)).expectSilence();
        }

        @Test
        void canBeEmptiedOnAPlanWithoutAPrice() {
            decisions
                    .given(billingInformation())
                    .when(billing(nothing("city")), by(ADA))
                    .expectEvents(new BillingInformationProvided(
                            ACME,
                            sealed(
                                    ACME,
                                    "address1=1 Road\nbilling_email=bills@example.com\nbilling_name=Acme\ncountry=FR"),
                            false));
        }

        @Test
        void cannotBeEmptiedOnAPlanWithAPrice() {
            decisions
                    .given(billingInformation(), new PlanChanged(ACME, "hobby", "startup"))
                    .when(billing(Map.of("city", "  ")), by(ADA))
                    .expectRejection(OrganizationRejections.billingInformationRequired("startup"));
        }

        @Test
        void canBeProvidedFieldByFieldOnAnInitialPlanWithAPrice() {
            new Decisions()
                    .given(acme("startup"))
                    .when(billing(Map.of("city", "Paris")), by(ADA))
                    .expectEvents(new BillingInformationProvided(ACME, sealed(ACME, "city=Paris"), false));
        }

        @Test
        void canStillBeGivenWhileDeactivated() {
            decisions.given(deactivated()).when(billing(ENOUGH), by(ADA)).expectEvents(billingInformation());
        }

        @Test
        void hasNoOtherFields() {
            decisions
                    .when(billing(Map.of("iban", "FR76")), by(ADA))
                    .expectRejection(OrganizationRejections.billingFieldMalformed("iban"));
        }

        @Test
        void hasAnEmailAddressToSendBillsTo() {
            decisions
                    .when(billing(Map.of("billing_email", "not an address")), by(ADA))
                    .expectRejection(OrganizationRejections.BILLING_EMAIL_MALFORMED);
        }

        @Test
        void hasAtMost256CharactersAField() {
            decisions
                    .when(billing(Map.of("city", "x".repeat(257))), by(ADA))
                    .expectRejection(OrganizationRejections.billingFieldMalformed("city"));
            decisions
                    .when(billing(Map.of("city", "x".repeat(256))), by(ADA))
                    .expectEvents(new BillingInformationProvided(ACME, sealed(ACME, "city=" + "x".repeat(256)), false));
        }

        @Test
        void hasNoFieldThatShowsNothing() {
            decisions
                    .when(billing(Map.of("billing_name", "\u0301")), by(ADA))
                    .expectRejection(OrganizationRejections.billingFieldMalformed("billing_name"));
        }

        @Test
        void cannotSmuggleInAnotherField() {
            decisions
                    .when(billing(Map.of("city", "Paris\ncountry=FR")), by(ADA))
                    .expectRejection(OrganizationRejections.billingFieldMalformed("city"));
        }

        @Test
        void isNotGivenWhenTheNameIsRefused() {
            decisions
                    .given(new NameClaimed("globex", GLOBEX))
                    .when(new UpdateOrganization(ACME, "globex", ENOUGH), by(ADA))
                    .expectRejection(OrganizationRejections.NAME_TAKEN);
        }

        private static UpdateOrganization billing(Map<String, @Nullable String> fields) {
            return new UpdateOrganization(ACME, null, fields);
        }

        private static Map<String, @Nullable String> nothing(String field) {
            var fields = new HashMap<String, @Nullable String>();
            fields.put(field, null);
            return fields;
        }
    }

    @Nested
    class ItsSignupQualification {

        @Test
        void isSealed() {
            decisions
                    .when(new AnswerSignupQualification(ACME, "{\"team\":3}"), by(ADA))
                    .expectEvents(new SignupQualificationAnswered(ACME, sealed(ACME, "{\"team\":3}")));
        }

        @Test
        void isSilentOverTheSameAnswers() {
            decisions
                    .given(new SignupQualificationAnswered(ACME, sealed(ACME, "{\"team\":3}")))
                    .when(new AnswerSignupQualification(ACME, "{\"team\":3}"), by(ADA))
                    .expectSilence();
        }
    }
}
