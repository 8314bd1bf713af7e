package io.guildhall.api.export;

import io.guildhall.api.activity.ActivityFilterParams;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.AuthorizationInterceptor;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.checkpoint.TrailProofs;
import io.guildhall.infrastructure.observability.FailureLog;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ExportReader;
import io.guildhall.query.activity.ExportRecord;
import io.guildhall.query.export.ExportFormat;
import io.guildhall.query.export.ExportTrailer;
import io.guildhall.query.user.PublicUrl;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.exc.JacksonIOException;

/**
 * A trail as it is when the export begins, oldest first, of any length in the space of two pages: one is read while the one before
 * is written.
 */
@RestController
class ExportEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(ExportEndpoint.class);
    private static final String GZIP = "gzip";
    private static final String BROKEN_OFF =
            "The service cannot go on. Go on with after= and the last sequence number.";
    private static final int BUFFER = 1 << 16;
    private static final ExecutorService AHEAD =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("export").factory());

    private final ExportReader reader;
    private final TrailProofs proofs;
    private final AuthorizationInterceptor authorization;
    private final PublicUrl url;
    private final Clock clock;
    private final ExportConcurrencyLimiter places;
    private volatile boolean shuttingDown;

    ExportEndpoint(
            ExportReader reader,
            TrailProofs proofs,
            AuthorizationInterceptor authorization,
            PublicUrl url,
            Clock clock,
            ExportConcurrencyLimiter places) {
        this.reader = reader;
        this.proofs = proofs;
        this.authorization = authorization;
        this.url = url;
        this.clock = clock;
        this.places = places;
    }

    /** Exports end with the next page. The client continues at another node. */
    @EventListener(ContextClosedEvent.class)
    void endAtShutdown() {
        shuttingDown = true;
    }

    /** What is asked for. */
    private record Wish(
            UUID organization, ActivityFilter filter, String format, long after, TrailProofs.Signed signed) {

        boolean proves() {
            return format.equals(ExportFormat.NDJSON);
        }

        long upTo() {
            return signed.size();
        }
    }

    /**
     * @param format ndjson, csv, cloudevents or ocsf
     * @param after the sequence number after which to begin: that of the last line that a reader has whole
     */
    @GetMapping("/v1/activities/export")
    @RequiresPermission(Permission.TRAIL_READ)
    void export(
            @ParameterObject @ModelAttribute ActivityFilterParams search,
            @RequestParam(defaultValue = ExportFormat.NDJSON) @OneOf(ExportFormat.NAMES) String format,
            @RequestParam(defaultValue = "0") @Pattern(regexp = "[0-9]{1,18}", message = "must be a sequence number.") String after,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ActivityFilter filter = search.filter();
        try (ExportConcurrencyLimiter.Place place = places.take(caller)) {
            send(format, filter, Long.parseLong(after), caller, request, response);
        }
    }

    private void send(
            String format,
            ActivityFilter filter,
            long after,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        UUID organization = caller.organization();
        var wish = new Wish(organization, filter, format, after, proofs.checkpoint(organization));
        if (after > wish.upTo()) {
            throw RequestRejectionException.invalidArgument(
                    "after", "after is beyond the end of the trail. Start over without it.");
        }
        // What cannot be read at all is refused before anything is sent.
        Future<ExportReader.Page> first = ahead(wish, after);
        join(first);
        try (OutputStream out = open(request, response)) {
            ExportFormat writing = ExportFormat.of(wish.format(), organization, out, url.value(), clock);
            response.setContentType(writing.contentType());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    "attachment; filename=\"trail-%s.%s\"".formatted(organization, writing.extension()));
            send(wish, writing, first, caller, request);
        } catch (IOException | JacksonIOException gone) {
            LOG.debug("A reader of an export is gone", gone);
        }
    }

    private void send(
            Wish wish,
            ExportFormat writing,
            Future<ExportReader.Page> first,
            Caller admitted,
            HttpServletRequest request)
            throws IOException {
        if (wish.after() == 0) {
            writing.begin();
        }
        long count = 0;
        Caller caller = admitted;
        Future<ExportReader.Page> reading = first;
        while (reading != null) {
            try {
                ExportReader.Page page = join(reading);
                reading = page.next() == null ? null : ahead(wish, page.next());
                // Page by page: who is out is sent nothing more (R17).
                caller = authorization.reauthorize(request, caller);
                for (ExportRecord exportRecord : page.lines()) {
                    writing.write(exportRecord);
                }
                count += page.lines().size();
                writing.flush();
                if (reading != null && shuttingDown) {
                    writing.breakOff(BROKEN_OFF);
                    return;
                }
            } catch (JacksonIOException gone) {
                throw gone.getCause();
            } catch (DomainRejectionException | RequestRejectionException refused) {
                writing.breakOff(String.valueOf(refused.getMessage()));
                return;
            } catch (RuntimeException failure) {
                FailureLog.warn(LOG, "An export breaks off", failure);
                writing.breakOff(BROKEN_OFF);
                return;
            }
        }
        boolean filtered = !wish.filter().equals(ActivityFilter.everything());
        writing.end(
                new ExportTrailer(count, wish.after(), filtered, wish.signed().note(), clock.instant()));
    }

    private Future<ExportReader.Page> ahead(Wish wish, long after) {
        return AHEAD.submit(() -> reader.read(wish.organization(), wish.filter(), after, wish.upTo(), wish.proves()));
    }

    private static ExportReader.Page join(Future<ExportReader.Page> reading) {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            reading.cancel(true);
            throw new IllegalStateException("A page of an export takes too long", e);
        }
    }

    private static OutputStream open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setBufferSize(BUFFER);
        if (!takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
            return response.getOutputStream();
        }
        response.setHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        return new GZIPOutputStream(response.getOutputStream(), BUFFER) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }

    private static boolean takesGzip(@Nullable String accepted) {
        return accepted != null
                && List.of(accepted.toLowerCase(java.util.Locale.ROOT)
                                .replace(" ", "")
                                .split(","))
                        .stream()
                        .anyMatch(each -> each.matches("gzip(;q=(1(\\.0*)?|0?\\.0*[1-9][0-9]*))?"));
    }
}
