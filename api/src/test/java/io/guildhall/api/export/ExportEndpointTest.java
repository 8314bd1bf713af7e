package io.guildhall.api.export;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.infrastructure.checkpoint.TrailProofs;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ExportReader;
import io.guildhall.query.activity.ExportRecord;
import io.guildhall.query.activity.ExportedActivity;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@Import({ExportEndpoint.class, ExportConcurrencyLimiter.class})
class ExportEndpointTest extends EndpointSlice {

    private static final String EXPORT = "/v1/activities/export";

    @MockitoBean
    private ExportReader reader;

    @MockitoBean
    private TrailProofs proofs;

    @BeforeEach
    void fill() {
        var activity = new ExportedActivity(
                UUID.fromString(FOREIGN),
                2,
                NOON,
                "user",
                USER.toString(),
                "Ada",
                "member.removed",
                "removed",
                "organization_member",
                USER,
                "Bob",
                true,
                null,
                "{}",
                null,
                null);
        given(proofs.checkpoint(ORGANIZATION)).willReturn(new TrailProofs.Signed("origin", 2, new byte[32], "note"));
        given(reader.read(eq(ORGANIZATION), any(), anyLong(), eq(2L), anyBoolean()))
                .willReturn(new ExportReader.Page(List.of(new ExportRecord(activity, null, null)), null));
    }

    @ParameterizedTest
    @CsvSource({
        "format=xml, format",
        "after=x, after",
        "after=-1, after",
        "after=3, after",
        "since=yesterday, since",
        "until=2026-13-01, until",
        "actor=nobody, actor",
        "object=x, object",
        "q=verb:, q"
    })
    void namesWhatIsWrong(String query, String field) throws Exception {
        get(EXPORT + "?" + query).andExpect(invalid(field));

        verifyNoInteractions(reader);
    }

    @ParameterizedTest
    @CsvSource({"NOBODY, 401, unauthenticated", "FORMER_MEMBER, 403, not-a-member"})
    void rejectsCallersWithoutThePermission(By caller, int status, String type) throws Exception {
        call(caller, "GET", EXPORT, null).andExpect(problem(status, type));

        verifyNoInteractions(reader, proofs);
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION", "USER_TOKEN", "ORGANIZATION_TOKEN", "SCOPED_TOKEN"})
    void writesALineForEachActivityAndATrailer(By caller) throws Exception {
        call(caller, "GET", EXPORT + "?after=1", null)
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/x-ndjson"))
                .andExpect(header().string("Content-Disposition", "attachment; filename=\"trail-" + OWN + ".ndjson\""))
                .andExpect(header().string("Cache-Control", "no-store"))
                .andExpect(
                        content()
                                .string(
                                        Matchers.matchesPattern(
                                                "\\{\"activity\":\\{.*\"sequence\":2}}\n"
                                                        + "\\{\"trailer\":\\{\"count\":1,\"after\":1,\"filtered\":false,\"checkpoint\":\"note\"}}\n")));
    }

    @ParameterizedTest
    @CsvSource({"csv, text/csv", "cloudevents, application/x-ndjson", "ocsf, application/x-ndjson"})
    void writesOtherFormats(String format, String type) throws Exception {
        get(EXPORT + "?format=" + format)
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith(type))
                .andExpect(content().string(Matchers.containsString("removed")));
    }

    @Test
    void rejectsWhatCannotBeReadAtAll() throws Exception {
        given(reader.read(any(), any(ActivityFilter.class), anyLong(), anyLong(), anyBoolean()))
                .willThrow(new IllegalStateException("no page"));

        get(EXPORT).andExpect(problem(500, "internal-error"));
    }
}
