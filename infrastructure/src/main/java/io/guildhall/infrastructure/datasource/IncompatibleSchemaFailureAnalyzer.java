package io.guildhall.infrastructure.datasource;

import java.util.stream.Collectors;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains in one sentence that the tables are not those of this version. */
class IncompatibleSchemaFailureAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, FlywayValidateException cause) {
        // The other lines explain Flyway's repair, which does not help here.
        String differences = String.valueOf(cause.getMessage())
                .lines()
                .filter(line -> line.startsWith("Detected") || line.startsWith("Migration"))
                .collect(Collectors.joining(" "));
        return new FailureAnalysis(
                "The database was made by another version of Guildhall, which this one cannot continue. " + differences,
                "Start the version that made it or a later one, or name another home or database.",
                cause);
    }
}
