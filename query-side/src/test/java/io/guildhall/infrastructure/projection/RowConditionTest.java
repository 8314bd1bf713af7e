package io.guildhall.infrastructure.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.guildhall.query.ReadModels;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RowConditionTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final UUID organization = UUID.randomUUID();
    private final RowCondition pendingAndAnswered =
            RowCondition.is("organization", organization).andIsNot("status", "REVOKED");

    /**
     * A partial index on rows that are not revoked is usable only if the statement contains the condition as a literal.
     */
    @Test
    void whatIsExcludedByAWordIsFoundByTheIndexThatExcludesIt() {
        String plan = String.join(
                "\n",
                models.sql()
                        .sql("explain update invitations t set status = 'REVOKED'"
                                + " from unnest(array['%s']) v (v0) where ".formatted(organization)
                                + pendingAndAnswered.sql(i -> "v.v" + i + "::uuid"))
                        .query(String.class)
                        .list());

        assertThat(plan).contains("Index Cond: (organization =");
    }

    @Test
    void aWordIsPartOfTheStatementAndNoneOfItsValues() {
        assertThat(pendingAndAnswered.sql(i -> "?" + i)).isEqualTo("organization = ?0 and status <> 'REVOKED'");
        assertThat(pendingAndAnswered.values()).containsExactly(organization);
        assertThat(pendingAndAnswered.columns()).containsExactly("organization", "status");
        assertThat(RowCondition.is("a", 1).andIsNot("b", "B").andUpTo("c", 3).sql(i -> "?" + i))
                .isEqualTo("a = ?0 and b <> 'B' and c <= ?1");
    }

    @Test
    void nothingButAWordBecomesPartOfAStatement() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowCondition.is("organization", organization).andIsNot("status", "'"));
    }
}
