package io.guildhall.api;

import io.guildhall.infrastructure.encryption.MasterKey;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.query.user.PublicUrl;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.web.bind.annotation.RestController;

/** The web layer of the service, the endpoints of some features, and what they need beside the mocks of {@link EndpointSlice}. */
@TestConfiguration(proxyBeanMethods = false)
@ComponentScan(
        basePackages = {
            "io.guildhall.api.error",
            "io.guildhall.api.query",
            "io.guildhall.api.request",
            "io.guildhall.api.security",
            "io.guildhall.api.web"
        },
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = ".*(Test(\\$.*)?|RequestObservationConvention)"))
@ComponentScan(
        basePackages = {
            "io.guildhall.api.invitation",
            "io.guildhall.api.membership",
            "io.guildhall.api.organization",
            "io.guildhall.api.plan",
            "io.guildhall.api.token"
        },
        useDefaultFilters = false,
        includeFilters = {
            @ComponentScan.Filter(RestController.class),
            @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.(ReceivedInvitations|ConfiguredPlanCatalog)")
        })
class EndpointSliceConfiguration {

    @Bean
    MasterKey masterKey() {
        return purpose -> new byte[32];
    }

    @Bean
    TokenCodec tokenCodec(MasterKey master) {
        return new TokenCodec(master);
    }

    @Bean
    SignedLinkCodec signedLinkCodec(MasterKey master) {
        return new SignedLinkCodec(master);
    }

    @Bean
    PublicUrl publicUrl() {
        return new PublicUrl(URI.create("https://guildhall.example"));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
