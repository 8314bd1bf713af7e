package io.guildhall.api.activity;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.activity.ActivityRetentionJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that drops activities past their retention. */
@Configuration(proxyBeanMethods = false)
class ActivityRetentionConfiguration {

    @Bean
    RecurringTask<Void> activityRetentionTask(ActivityRetentionJob keeper, ActivityProperties properties) {
        return JobScheduler.job("activity-retention", properties.keeping(), keeper::keep);
    }
}
