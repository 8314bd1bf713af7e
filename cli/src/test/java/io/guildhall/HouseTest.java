package io.guildhall;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.domain.EventTypes;
import io.guildhall.domain.shared.EventType;
import io.guildhall.infrastructure.datasource.NodeClock;
import io.guildhall.infrastructure.projection.Projection;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The dependencies between the modules, and the place of each kind of class. */
@AnalyzeClasses(
        packages = HouseTest.ALL,
        importOptions = {DoNotIncludeTests.class, HouseTest.DoNotIncludeTestJars.class})
class HouseTest {

    static final String ALL = "io.guildhall";

    /** The query side's test classes are in a jar when the whole project is built. */
    static final class DoNotIncludeTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String DOMAIN = ALL + ".domain..";
    private static final String SHARED = ALL + ".domain.shared..";
    private static final String QUERY = ALL + ".query..";
    private static final String API = ALL + ".api..";
    private static final String CLI = ALL + ".cli..";
    private static final String INFRASTRUCTURE = ALL + ".infrastructure..";
    private static final String EVENT_STORE = ALL + ".infrastructure.eventstore..";
    private static final String CONFIG = ALL + ".api.config..";

    private static final List<String> NAMED =
            List.of(DOMAIN, SHARED, INFRASTRUCTURE, QUERY, API, CLI, EVENT_STORE, CONFIG);

    /** A rule against a package that does not exist would hold for ever. */
    @ArchTest
    static void packages_that_rules_name_exist(JavaClasses classes) {
        assertThat(NAMED)
                .allSatisfy(named -> assertThat(classes.stream())
                        .as(named)
                        .anyMatch(it ->
                                JavaClass.Predicates.resideInAPackage(named).test(it)));
    }

    @ArchTest
    static final ArchRule the_domain_knows_neither_side = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INFRASTRUCTURE, QUERY, API, CLI);

    @ArchTest
    static final ArchRule the_infrastructure_knows_no_feature = noClasses()
            .that()
            .resideInAPackage(INFRASTRUCTURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(QUERY, API, CLI);

    @ArchTest
    static final ArchRule the_query_side_knows_not_the_api = noClasses()
            .that()
            .resideInAPackage(QUERY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(API, CLI);

    @ArchTest
    static final ArchRule the_api_knows_not_the_command_line = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, "picocli..");

    /** Events, what all features share, and how billing fields are written down; nothing that decides. */
    @ArchTest
    static final ArchRule the_query_side_knows_facts_and_no_aggregate = noClasses()
            .that()
            .resideInAPackage(QUERY)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(DOMAIN)
                    .and(JavaClass.Predicates.resideOutsideOfPackage(SHARED))
                    .and(DescribedPredicate.not(CanBeAnnotated.Predicates.annotatedWith(EventType.class)))
                    .and(DescribedPredicate.not(JavaClass.Predicates.simpleNameEndingWith("Event")))
                    .and(DescribedPredicate.not(JavaClass.Predicates.type(EventTypes.class)))
                    .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("BillingFields"))));

    @ArchTest
    static final ArchRule only_the_configuration_and_the_event_store_know_repositories = noClasses()
            .that()
            .resideInAnyPackage(INFRASTRUCTURE, API)
            .and()
            .resideOutsideOfPackages(EVENT_STORE, CONFIG)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Repository.class);

    @ArchTest
    static final ArchRule commands_are_handled_in_the_domain = methods()
            .that()
            .areAnnotatedWith(CommandHandler.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage(DOMAIN);

    @ArchTest
    static final ArchRule queries_are_answered_on_the_query_side = methods()
            .that()
            .areAnnotatedWith(QueryHandler.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage(QUERY);

    /** So that a rebuild reaches it; the exceptions react to events and project nothing. */
    @ArchTest
    static final ArchRule whoever_hears_events_is_a_projection_or_sends_something = classes()
            .that(are(DescribedPredicate.describe(
                    "hear events",
                    (JavaClass it) ->
                            it.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(EventHandler.class)))))
            .should()
            .beAssignableTo(Projection.class)
            .orShould()
            .haveSimpleName("MailEventHandler")
            .orShould()
            .haveSimpleName("WebhookEventHandler")
            .orShould()
            .haveSimpleName("KeyErasureHandler")
            .orShould()
            .haveSimpleName("IdempotencyEventHandler");

    @ArchTest
    static final ArchRule projections_stay_inside_their_package =
            noClasses().that().areAnnotatedWith(ProcessingGroup.class).should().bePublic();

    @ArchTest
    static final ArchRule endpoints_stay_inside_their_package_and_are_named_so = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .and()
            .areNotAssignableTo(ErrorController.class)
            .should()
            .notBePublic()
            .andShould()
            .haveSimpleNameEndingWith("Endpoint");

    @ArchTest
    static final ArchRule endpoints_know_no_database = noClasses()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql..");

    /** A request that is executed again generates the same ids: see {@code IdempotentExecution}. */
    @ArchTest
    static final ArchRule endpoints_generate_no_random_ids =
            noClasses().that().areAnnotatedWith(RestController.class).should().callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule every_route_declares_who_may_call_it = methods()
            .that(are(Predicates.metaAnnotatedWith(RequestMapping.class)))
            .should()
            .beAnnotatedWith(RequiresPermission.class);

    /** All nodes agree on the time: the {@code Clock} bean follows PostgreSQL's. For time that elapses there is {@link System#nanoTime}. */
    @ArchTest
    static final ArchRule the_time_is_that_of_the_clock = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(NodeClock.class.getName())
            .should(new ArchCondition<>("read the clock of their node") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    item.getAccessesFromSelf().stream()
                            .filter(access -> access.getTarget() instanceof CodeUnitAccessTarget target
                                    && readsTheClockOfTheNode(target))
                            .forEach(access ->
                                    events.add(new SimpleConditionEvent(item, true, access.getDescription())));
                }
            });

    private static boolean readsTheClockOfTheNode(CodeUnitAccessTarget target) {
        JavaClass owner = target.getOwner();
        return switch (target.getName()) {
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "now" ->
                owner.getPackageName().startsWith("java.time")
                        && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
            case "<init>" ->
                owner.isEquivalentTo(Date.class)
                        && target.getRawParameterTypes().isEmpty();
            default -> owner.isEquivalentTo(Clock.class) && target.getName().startsWith("system");
        };
    }

    @ArchTest
    static final ArchRule features_of_the_query_side_form_no_cycles =
            slices().matching("io.guildhall.query.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule infrastructure_is_free_of_cycles =
            slices().matching("io.guildhall.infrastructure.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule features_of_the_api_form_no_cycles =
            slices().matching("io.guildhall.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commands_of_the_command_line_form_no_cycles =
            slices().matching("io.guildhall.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule exceptions_are_named_so =
            classes().that().areAssignableTo(Throwable.class).should().haveSimpleNameEndingWith("Exception");

    @ArchTest
    static void no_two_classes_have_the_same_name(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(it ->
                                it.isTopLevelClass() && !it.getSimpleName().equals("package-info"))
                        .map(JavaClass::getSimpleName))
                .doesNotHaveDuplicates();
    }

    @ArchTest
    static final ArchRule names_say_something =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Dto|Info|Common)");

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes()
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            item, marked, item.getName() + " is in a package without @NullMarked"));
                }
            });
}
