using System.Collections.Immutable;
using System.Linq;

namespace Threadwise.Proving.Metamorphic;

/// <summary>A difference that is a defect of a rule, or a known limit of it, which is not put right yet.</summary>
/// <param name="Rule">The id.</param>
/// <param name="Transformation">The transformation's name.</param>
/// <param name="Test">The test that the snippet comes from, without its row.</param>
/// <param name="Reason">What the rule does not see.</param>
internal sealed record KnownDifference(string Rule, string Transformation, string Test, string Reason)
{
    private const string PrivateRelease = "in a private method the lock may be held by the caller; the rule is silent there and does not look at the callers";
    private const string DelegateAsArgument = "a delegate or task that is handed to a helper is not followed into it";

    private const string EndsByName = "a member that ends its object (Close, Stop) may keep a semaphore for good, and is told by its name: a wrong yes costs a report and makes none";
    private const string TokenAlias = "the declaration of a token is read as text, so that an alias of CancellationToken hides that it is none";
    private const string SwitchedOff = "code that is switched off is read as text, and is not renamed";

    private const string NotThroughTwo = "what a helper does is seen through one call, not through a helper that calls another";

    private const string GuardAlias = "how a member opens a scope is read as text, so that an alias of Monitor hides the lock that it takes";

    private const string OneFile = "a process that a field keeps is followed in types of one part only";

    private const string GenericStatics = "each construction of a generic type has statics of its own, and which one is meant is not followed across types";

    private const string CompleteTask = "that a helper's task is complete when it returns is not seen";

    private const string AtTheCall = "a report on what helpers take stands at the call that keeps it, which is in another member then";

    private const string OneFileOnly = "the second file of the test stays as it is, so that the two do not speak of one type any more";

    private const string EmptyBranch = "an `if` with an empty branch and an `else` is not read as the one without";

    public static ImmutableArray<KnownDifference> All { get; } =
    [
        new("TW1013", "body to helper", "TW1013Tests.A_timed_wait_for_all_or_for_a_signal_of_the_body", "a signal is seen in the body that is started, not in its helpers"),
        new("TW2003", "body to helper", "GuiltyBodyTraps.Iterators", PrivateRelease),
        new("TW2003", "body to helper", "GuiltyReleaseTraps.Acquired_under_a_condition_and_released_without_it", PrivateRelease),
        new("TW2003", "body to helper", "GuiltyReleaseTraps.Async", PrivateRelease),
        new("TW1009", "body to helper", "TW1009InnocentTests.Await_of_what_is_complete_goes_on_at_once", CompleteTask),
        new("TW1009", "statements to helpers", "TW1009AsyncThreadBodyTests.Delegate_that_is_made_explicitly_or_held_in_a_local", DelegateAsArgument),
        new("TW1009", "statements to helpers", "TW1009AsyncThreadBodyTests.Start_new_in_a_local_that_only_loses_it", DelegateAsArgument),
        new("TW1009", "statements to helpers", "TW1009AsyncThreadBodyTests.Generic_members", DelegateAsArgument),
        new("TW2005", "body to helper", "DeepHelperTests.The_holder_waits_for_itself", "a nested type that names the semaphore elsewhere than in its Dispose may release it"),
        new("TW2002", "body to helper", "FailureReleaseTests.The_handler_takes_back_what_is_handed_on", EndsByName),
        new("TW2007", "using alias", "DeepHelperTests.An_await_under_the_lock", GuardAlias),
        new("TW2007", "using alias", "DeepHelperTests.A_guard_of_a_generic_type", GuardAlias),
        new("TW3011", "body to helper", "TW3011Tests.What_the_lock_keeps_whole_is_left_alone", "a text for a debugger is known by the member that makes it, and not by its helpers"),
        new("TW3018", "body to helper", "TW3018Tests.State_of_one_thread_or_without_a_sign_is_left_alone", "a text for a debugger is known by the member that makes it, and not by its helpers"),
        new("TW5004", "partial parts", "TW5004Tests.In_fields_and_lists", OneFile),
        new("TW5011", "partial parts", "TW5011Tests.In_fields_lists_and_helpers", OneFile),
        new("TW4005", "invert if", "TW4005Tests.Guilty", EmptyBranch),
        new("TW4010", "invert if", "TW4010Tests.Guilty", EmptyBranch),
        new("TW3014", "invert if", "TW3014Tests.Fields_that_another_thread_clears_are_reported", EmptyBranch),
        new("TW3018", "invert if", "TW3018Tests.State_that_threads_probably_share_is_reported", EmptyBranch),
        new("TW3001", "invert if", "TW3001Tests.Records", EmptyBranch),
        new("TW3004", "invert if", "TW3004Tests.Test_and_act_under_two_locks", EmptyBranch),
        new("TW3014", "invert if", "TW3004Tests.An_object_that_is_made_at_first_use", EmptyBranch),
        new("TW4001", "body to helper", "TW4001Tests.A_disposal_that_waits_for_ever", NotThroughTwo),
        new("TW4004", "body to helper", "TW4004Tests.A_gate_that_a_field_keeps", NotThroughTwo),
        new("TW4010", "body to helper", "TW4010Tests.A_source_of_a_field", NotThroughTwo),
        new("TW4010", "body to helper", "TW4010Tests.A_source_of_the_base_type", NotThroughTwo),
        new("TW5009", "body to helper", "TW5009Tests.A_name_from_a_helper", NotThroughTwo),
        new("TW6006", "body to helper", "TW6006Tests.A_method_that_is_all_lock", NotThroughTwo),
        new("TW3001", "body to helper", "TW3001Tests.Updates_that_get_lost_are_reported", "a helper that runs what it is given on several threads is seen where it does so itself"),
        new("TW7001", "statements to helpers", "TW7001.md Wrong 2", "a thread that a helper starts is not followed across types"),
        new("TW2006", "using alias", "TW2006Tests.The_length_of_the_wait", "the initializer of a timeout in a field or property is read as text, so that an alias of TimeSpan hides its length"),
        new("TW2003", "using alias", "GuiltyAcquireThatCannotFailTraps.Neither_token_nor_timeout", TokenAlias),
        new("TW2013", "using alias", "GuiltyAcquireThatCannotFailTraps.Neither_token_nor_timeout", TokenAlias),
        new("TW2003", "using alias", "GuiltyAcquireThatCannotFailTraps.A_field_that_holds_no_token", TokenAlias),
        new("TW2013", "using alias", "GuiltyAcquireThatCannotFailTraps.A_field_that_holds_no_token", TokenAlias),
        new("TW2002", "rename", "TW2002Tests.Innocent", EndsByName),
        new("TW2002", "body to helper", "TW2002Tests.Innocent", EndsByName),
        new("TW2002", "rename", "TW2002Tests.Released_in_another_configuration", SwitchedOff),
        new("TW2107", "rename", "TW2002Tests.Released_in_another_configuration", SwitchedOff),
        new("TW2107", "rename", "TW2107Tests.Code_that_is_switched_off_counts", SwitchedOff),
        new("TW2104", "rename", "TW2104Tests.A_host_runs_one_service", "the base class that makes the type a service of the host is renamed too"),
        new("TW2001", "body to helper", "TW2001.md Wrong 4", "a lock class of one's own is followed through one helper that waits, not through two"),
        new("TW2001", "in a generic type", "TW2001.md Wrong 4", "a lock class that is nested in a generic type is not known by what its members do"),
        new("TW5003", "body to helper", "TW5003Tests.Started_by_an_async_helper", NotThroughTwo),
        new("TW5007", "body to helper", "TW5007Tests.Innocent", "that every caller catches the exception is seen for the callers themselves, not for theirs"),
        new("TW4001", "body to helper", "TW4001Tests.A_worker_that_the_end_of_its_object_waits_for", NotThroughTwo),
        new("TW4010", "body to helper", "TW4010Tests.A_timeout_that_is_given_the_source_as_its_state", NotThroughTwo),
        new("TW4010", "invert if", "TW4010Tests.A_source_of_a_field", EmptyBranch),
        new("TW6006", "body to helper", "TW3005Tests.Collections_that_a_helper_is_given", NotThroughTwo),
        new("TW1009", "statements to helpers", "TW1009AsyncThreadBodyTests.Local_list_of_nested_tasks_waited_for_once", DelegateAsArgument),
        new("TW5002", "using alias", "TW5002Tests.Async", "a race with the clock is known by the name of the type that makes it, and an alias hides that"),
        new("TW2005", "partial parts", "AccessorTests.Locks_of_constructors_and_fields_of_nested_types", "a lock that a constructor makes is followed in types of one part only"),
        new("TW5004", "partial parts", "TW5004Tests.Without_a_local", OneFile),
        new("TW5012", "partial parts", "TW5012Tests.A_handler_that_nothing_feeds", OneFile),
        new("TW4002", "body to helper", "TW4002Tests.A_queue_that_a_field_keeps", NotThroughTwo),
        new("TW4010", "body to helper", "TW4010Tests.A_source_that_nothing_completes", NotThroughTwo),
        new("TW6006", "body to helper", "TW3001Tests.What_loses_nothing_is_left_alone", NotThroughTwo),
        new("TW6006", "body to helper", "TW3005Tests.Collections_that_are_kept_apart_are_left_alone", NotThroughTwo),
        new("TW3014", "invert if", "TW2102Tests.An_object_that_is_taken_away_under_its_own_lock", EmptyBranch),
        new("TW3013", "invert if", "TW3013GuiltyTests.A_record", EmptyBranch),
        new("TW7001", "in a generic type", "TW7001Tests.Statics_of_another_type", GenericStatics),
        new("TW7006", "in a generic type", "TW7006Tests.An_object_in_a_field_that_is_assigned_before", GenericStatics),
        new("TW1009", "body to helper", "TW1009InnocentTests.Lambda_that_drops_a_task_on_purpose_or_has_nobody_to_wait_for_it", CompleteTask),
        new("TW2104", "invert if", "TW2104Tests.Guilty", "a first use is told by the shape of its test, and the inverted test is another shape"),
        new("TW2006", "invert if", "DroppedAnswerShapeTests.The_answer_decides_about_the_release_alone", EmptyBranch),
        new("TW2006", "invert if", "TW2006.md Wrong 4", EmptyBranch),
        new("TW5013", "invert if", "TW5013Tests.Taken_for_a_refusal", EmptyBranch),
        new("TW4010", "invert if", "TW4010Tests.A_way_out_of_the_try", EmptyBranch),
        new("TW4005", "body to helper", "TW4005Tests.Async_calls_that_go_on_behind_the_using", NotThroughTwo),
        new("TW3018", "body to helper", "TW3018Tests.State_that_threads_probably_share_is_reported", NotThroughTwo),
        new("TW3005", "body to helper", "TW3005Tests.Collections_that_threads_change_at_once_are_reported", NotThroughTwo),
        new("TW3001", "body to helper", "TW3001Tests.Async_groups", NotThroughTwo),
        new("TW3001", "body to helper", "TW3001Tests.Start_gates", NotThroughTwo),
        new("TW2005", "body to helper", "ReacquireShapeTests.Work_of_another_thread_that_is_waited_for", NotThroughTwo),
        new("TW2002", "body to helper", "TwoLockHelperTests.Guilty", AtTheCall),
        new("TW2002", "body to helper", "TwoLockHelperTests.A_caller_that_keeps_what_others_give_back", AtTheCall),
        new("TW2002", "body to helper", "LockHelperTests.Await_under_a_lock_that_a_helper_takes", AtTheCall),
        new("TW2102", "statements to helpers", "TW2102.md Wrong 2", "whether a semaphore is a lock is told by members that take and give it back"),
        new("TW2102", "statements to helpers", "LockObjectShapeTests.Parts_of_a_generic_type", "whether a semaphore is a lock is told by members that take and give it back"),
        new("TW5007", "body to helper", "TW5007Tests.Silent_on_a_helper_that_is_ready_or_whose_caller_is", NotThroughTwo),
        new("TW5007", "body to helper", "TW5007Tests.A_helper_of_others_waits", NotThroughTwo),
        new("TW5007", "body to helper", "TW5007Tests.A_helper_of_a_base_type_waits", NotThroughTwo),
        new("TW2001", "body to helper", "OwnedMutexTests.The_entry_point", "what lives as long as the process is told by the entry point itself, and not by its helpers"),
        new("TW2001", "body to helper", "TW2001Tests.A_release_that_the_caller_chooses", "a member that others of the type call may release by what they have chosen"),
        new("TW4005", "body to helper", "TW4005Tests.Several_tasks_that_are_returned_as_one", NotThroughTwo),
        new("TW4005", "body to helper", "TW4005Tests.A_finally_behind_what_is_returned", NotThroughTwo),
        new("TW2002", "body to helper", "TW2002Tests.Beside_a_pair_innocent", EndsByName),
        new("TW2006", "body to helper", "DroppedAnswerShapeTests.The_answer_decides_about_the_work_or_there_is_none", NotThroughTwo),
        new("TW5006", "rename", "TW5006Tests.A_mutex_of_another_file_that_names_the_type", OneFileOnly),
        new("TW2011", "rename", "TW2011Tests.Only_made_in_one_part", OneFileOnly),
        new("TW2002", "rename", "InnocentHandoverTraps.Parts_of_one_type", OneFileOnly),
        new("TW5006", "in a namespace", "TW5006Tests.A_mutex_of_another_file_that_names_the_type", OneFileOnly),
        new("TW2011", "in a namespace", "TW2011Tests.Only_made_in_one_part", OneFileOnly),
        new("TW2002", "in a namespace", "InnocentHandoverTraps.Parts_of_one_type", OneFileOnly),
        new("TW5007", "in a generic type", "TW5007Tests.A_helper_of_a_base_type_waits", OneFileOnly),
        new("TW2002", "in a generic type", "InnocentHandoverTraps.Parts_of_one_type", OneFileOnly),
    ];

    public static KnownDifference? Of(Difference difference) => All.FirstOrDefault(entry =>
        entry.Rule == difference.Rule && entry.Transformation == difference.Transformation && entry.Test == difference.Snippet.Split('(', '#')[0]);
}
