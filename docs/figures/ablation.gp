# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure ablation-insn-run1. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
-0.165 412318 412318 412318
0.835 24889 24889 24889
1.835 38943 38943 38943
2.835 14525 14525 14525
3.835 13219 13219 13219
4.835 24867 24867 24867
5.835 9957 9957 9957
6.835 14525 14525 14525
7.835 38943 38943 38943
8.835 24727 24727 24727
9.835 24867 24867 24867
10.835 9590 9590 9590
11.835 1226156 1226156 1226156
12.835 9957 9957 9957
13.835 13219 13219 13219
14.835 14525 14525 14525
15.835 15253 15253 15253
16.835 24889 24889 24889
EOD
$series1 << EOD
0.165 11886268 11886268 11886268
1.165 383937 383937 383937
2.165 389252 389252 389252
3.165 51203 51203 51203
4.165 35648 35648 35648
5.165 48758 48758 48758
6.165 409246 409246 409246
7.165 26195 26195 26195
8.165 50582 50582 50582
9.165 24108 24108 24108
10.165 24560 24560 24560
11.165 9062 9062 9062
12.165 1265319 1265319 1265319
13.165 9747 9747 9747
14.165 13007 13007 13007
15.165 14312 14312 14312
16.165 15033 15033 15033
17.165 24632 24632 24632
EOD
$series2 << EOD
0.165 28.8279143767674 28.8279143767674 28.8279143767674
1.165 15.4259713126281 15.4259713126281 15.4259713126281
2.165 9.99542921706083 9.99542921706083 9.99542921706083
3.165 3.52516351118761 3.52516351118761 3.52516351118761
4.165 2.69672441183145 2.69672441183145 2.69672441183145
5.165 1.96075119636466 1.96075119636466 1.96075119636466
6.165 41.1013357436979 41.1013357436979 41.1013357436979
7.165 1.80344234079174 1.80344234079174 1.80344234079174
8.165 1.29887271139871 1.29887271139871 1.29887271139871
9.165 0.974966635661423 0.974966635661423 0.974966635661423
10.165 0.987654320987654 0.987654320987654 0.987654320987654
11.165 0.944942648592284 0.944942648592284 0.944942648592284
12.165 1.03193965531303 1.03193965531303 1.03193965531303
13.165 0.978909310033143 0.978909310033143 0.978909310033143
14.165 0.983962478251002 0.983962478251002 0.983962478251002
15.165 0.985335628227194 0.985335628227194 0.985335628227194
16.165 0.985576607880417 0.985576607880417 0.985576607880417
17.165 0.989674153240387 0.989674153240387 0.989674153240387
EOD
set terminal svg size 720,714 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './ablation.svg'
set multiplot
unset label
unset arrow
set label 'What each optimisation is worth by itself' at screen 0.0222,0.9692 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 7.3-base (7.3.4-rbbb2ba0d7) · insn: instructions executed; sees no cache, TLB or IPI' at screen 0.0222,0.9384 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Exact counts, of kernels that are built alike but for this. A call that is refused without it stands beside as' at screen 0.0222,0.0378 noenhanced textcolor rgb '#59636e' font ',11'
set label 'many calls as do the same. 9 more cells: remapbench ablation.' at screen 0.0222,0.0168 noenhanced textcolor rgb '#59636e' font ',11'
set label 'with it' at screen 0.0333,0.9090 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label 'without it' at screen 0.1486,0.9090 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 15 pointsize 0.8 linecolor rgb '#c2334d' offset character 1.2,-0.25
set label '1G pmd' at screen 0.1527,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '32M pmd' at screen 0.1999,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '32M mutual' at screen 0.2470,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '3M mutual' at screen 0.2942,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M pmd' at screen 0.3413,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '3M mutual_low_src' at screen 0.3885,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '1G pud' at screen 0.4356,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '3M mutual' at screen 0.4828,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '32M mutual' at screen 0.5299,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '3M mutual_low_dst' at screen 0.5770,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '3M mutual_low_src' at screen 0.6242,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '32M mutual 0' at screen 0.6713,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'multi_vma 100' at screen 0.7185,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '1G pud' at screen 0.7656,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M pmd' at screen 0.8128,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '3M mutual' at screen 0.8599,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K unaligned' at screen 0.9071,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '32M pmd' at screen 0.9542,0.2619 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'PMD moves' at screen 0.2706,0.0947 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'PUD moves' at screen 0.4356,0.0947 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'realignment' at screen 0.5770,0.0947 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'multi-VMA moves' at screen 0.8363,0.0947 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'how many times as much without it' at screen 0.1292,0.8599 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 5.5, graph 0 to first 5.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 6.5, graph 0 to first 6.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 11.5, graph 0 to first 11.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1292
set rmargin at screen 0.9778
set tmargin at screen 0.8473
set bmargin at screen 0.5812
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:17.5] noextend
set yrange [0.6987622134:127.4650386] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('1' 1, '10' 10, '100' 100)
set label '×28.8' at screen 0.1605,0.7861 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×15.4' at screen 0.2077,0.7541 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×10' at screen 0.2548,0.7319 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×3.53' at screen 0.3020,0.6787 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×2.7' at screen 0.3491,0.6650 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.96' at screen 0.3962,0.6487 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×41.1' at screen 0.4434,0.8042 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.8' at screen 0.4905,0.6444 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.3' at screen 0.5377,0.6276 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×0.975' at screen 0.5848,0.6130 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×0.988' at screen 0.6320,0.6360 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '×0.945' at screen 0.6791,0.6114 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.03' at screen 0.7263,0.6341 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '×0.979' at screen 0.7734,0.6132 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×0.984' at screen 0.8205,0.6358 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '×0.985' at screen 0.8677,0.6135 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×0.986' at screen 0.9148,0.6359 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '×0.99' at screen 0.9620,0.6319 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
plot 1 with lines linecolor rgb '#59636e' linewidth 1 dashtype 2, \
     $series2 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#e3e6ea' linewidth 3, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#c2334d' linewidth 1 pointtype 15 pointsize 0, \
     $series2 using 1:2 with points linetype 1 linecolor rgb '#c2334d' linewidth 1.5 pointtype 15 pointsize 0.8
unset label
unset arrow
set label 'instructions of one call' at screen 0.1292,0.5518 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 5.5, graph 0 to first 5.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 6.5, graph 0 to first 6.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 11.5, graph 0 to first 11.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1292
set rmargin at screen 0.9778
set tmargin at screen 0.5392
set bmargin at screen 0.2731
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:17.5] noextend
set yrange [5102.680087:49958548.3] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.8, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#c2334d' linewidth 1 pointtype 15 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#c2334d' linewidth 1.5 pointtype 15 pointsize 0.8
unset multiplot
unset output
