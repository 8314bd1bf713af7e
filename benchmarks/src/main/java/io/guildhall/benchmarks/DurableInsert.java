package io.guildhall.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;

/** The least that a write can cost here: one row of an event's size, committed by itself, over JDBC; a connection for each caller. */
final class DurableInsert implements Scenario {

    private static final int ROW_BYTES = 600;
    private static final String TABLE = "benchmark_floor";

    private final Database database;

    DurableInsert(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "durable insert";
    }

    @Override
    public Kind kind() {
        return Kind.FLOOR;
    }

    @Override
    public void prepare(int callers, double seconds) throws Exception {
        tidyUp();
        database.execute("create table " + TABLE + " (id bigint generated always as identity primary key, row text)");
    }

    void tidyUp() throws Exception {
        database.execute("drop table if exists " + TABLE);
    }

    @Override
    public Caller caller(int number, int callers) throws Exception {
        Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement("insert into " + TABLE + " (row) values (?)");
        String row = "x".repeat(ROW_BYTES);
        return new Caller() {
            @Override
            public boolean call(Tally tally) throws Exception {
                long sent = System.nanoTime();
                insert.setString(1, row);
                insert.executeUpdate();
                tally.answered(sent);
                return true;
            }

            @Override
            public void close() throws Exception {
                connection.close();
            }
        };
    }
}
