# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure relocation-insn-run6. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
-0.2475 15000 15000 15000
1.7525 29.3125 29.3125 29.3125
2.7525 58.625 58.625 58.625
3.7525 29.3125 29.3125 29.3125
4.7525 29.3125 29.3125 29.3125
6.7525 1.8466796875 1.8466796875 1.8466796875
7.7525 3.693359375 3.693359375 3.693359375
8.7525 1.8466796875 1.8466796875 1.8466796875
9.7525 1.8466796875 1.8466796875 1.8466796875
11.7525 29.3125 29.3125 29.3125
12.7525 29.3125 29.3125 29.3125
13.7525 1.8466796875 1.8466796875 1.8466796875
14.7525 1.8466796875 1.8466796875 1.8466796875
EOD
$series1 << EOD
-0.0825 1.01733333333333 1.01733333333333 1.01733333333333
0.9175 1 1 1
1.9175 9.86993603411514 9.86993603411514 9.86993603411514
2.9175 5.43496801705757 5.43496801705757 5.43496801705757
3.9175 2.06436567164179 2.06436567164179 2.06436567164179
4.9175 1.17737206823028 1.17737206823028 1.17737206823028
5.9175 1 1 1
6.9175 141.793231094659 141.793231094659 141.793231094659
7.9175 71.3966155473295 71.3966155473295 71.3966155473295
8.9175 17.8951612903226 17.8951612903226 17.8951612903226
9.9175 3.81583818085669 3.81583818085669 3.81583818085669
10.9175 1 1 1
11.9175 1.08868603411514 1.08868603411514 1.08868603411514
12.9175 8.98294243070363 8.98294243070363 8.98294243070363
13.9175 2.40791909042834 2.40791909042834 2.40791909042834
14.9175 127.713907985193 127.713907985193 127.713907985193
EOD
$series2 << EOD
-0.0825 15260 15260 15260
1.9175 289.3125 289.3125 289.3125
2.9175 318.625 318.625 318.625
3.9175 60.51171875 60.51171875 60.51171875
4.9175 34.51171875 34.51171875 34.51171875
6.9175 261.8466796875 261.8466796875 261.8466796875
7.9175 263.693359375 263.693359375 263.693359375
8.9175 33.046630859375 33.046630859375 33.046630859375
9.9175 7.046630859375 7.046630859375 7.046630859375
11.9175 31.912109375 31.912109375 31.912109375
12.9175 263.3125 263.3125 263.3125
13.9175 4.4466552734375 4.4466552734375 4.4466552734375
14.9175 235.8466796875 235.8466796875 235.8466796875
EOD
$series3 << EOD
0.0825 1.01733333333333 1.01733333333333 1.01733333333333
1.0825 1 1 1
2.0825 9.86993603411514 9.86993603411514 9.86993603411514
3.0825 5.43496801705757 5.43496801705757 5.43496801705757
4.0825 2.06436567164179 2.06436567164179 2.06436567164179
5.0825 1.17737206823028 1.17737206823028 1.17737206823028
6.0825 1 1 1
7.0825 141.793231094659 141.793231094659 141.793231094659
8.0825 71.3966155473295 71.3966155473295 71.3966155473295
9.0825 17.8951612903226 17.8951612903226 17.8951612903226
10.0825 3.81583818085669 3.81583818085669 3.81583818085669
11.0825 1 1 1




EOD
$series4 << EOD
0.0825 15260 15260 15260
2.0825 289.3125 289.3125 289.3125
3.0825 318.625 318.625 318.625
4.0825 60.51171875 60.51171875 60.51171875
5.0825 34.51171875 34.51171875 34.51171875
7.0825 261.8466796875 261.8466796875 261.8466796875
8.0825 263.693359375 263.693359375 263.693359375
9.0825 33.046630859375 33.046630859375 33.046630859375
10.0825 7.046630859375 7.046630859375 7.046630859375




EOD
$series5 << EOD
0.2475 1.01733333333333 1.01733333333333 1.01733333333333
1.2475 1 1 1
2.2475 9.86993603411514 9.86993603411514 9.86993603411514
3.2475 5.43496801705757 5.43496801705757 5.43496801705757
4.2475 2.06436567164179 2.06436567164179 2.06436567164179
5.2475 1.17737206823028 1.17737206823028 1.17737206823028
6.2475 1 1 1
7.2475 141.793231094659 141.793231094659 141.793231094659
8.2475 71.3966155473295 71.3966155473295 71.3966155473295
9.2475 17.8951612903226 17.8951612903226 17.8951612903226
10.2475 3.81583818085669 3.81583818085669 3.81583818085669
11.2475 1 1 1
12.2475 1.08868603411514 1.08868603411514 1.08868603411514
13.2475 8.98294243070363 8.98294243070363 8.98294243070363
14.2475 2.40791909042834 2.40791909042834 2.40791909042834
15.2475 127.713907985193 127.713907985193 127.713907985193
EOD
$series6 << EOD
0.2475 15260 15260 15260
2.2475 289.3125 289.3125 289.3125
3.2475 318.625 318.625 318.625
4.2475 60.51171875 60.51171875 60.51171875
5.2475 34.51171875 34.51171875 34.51171875
7.2475 261.8466796875 261.8466796875 261.8466796875
8.2475 263.693359375 263.693359375 263.693359375
9.2475 33.046630859375 33.046630859375 33.046630859375
10.2475 7.046630859375 7.046630859375 7.046630859375
12.2475 31.912109375 31.912109375 31.912109375
13.2475 263.3125 263.3125 263.3125
14.2475 4.4466552734375 4.4466552734375 4.4466552734375
15.2475 235.8466796875 235.8466796875 235.8466796875
EOD
set terminal svg size 720,703 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './relocation-insn-run6.svg'
set multiplot
unset label
unset arrow
set label 'What relocation costs over an ordinary move' at screen 0.0222,0.9687 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 7.3-relocation (7.3.4) · run 6 · insn: instructions executed; sees no cache, TLB or IPI' at screen 0.0222,0.9374 noenhanced textcolor rgb '#59636e' font ',12'
set label 'By size and folio. Cut: the range ends inside 2M folios. Falls back: what RELOCATE can’t do is undone and moved' at screen 0.0222,0.0811 noenhanced textcolor rgb '#59636e' font ',11'
set label 'ordinarily; MUST is refused. 1 runs passed over: their kernels have no such flags. 8 gaps: MUST_RELOCATE (16)' at screen 0.0222,0.0597 noenhanced textcolor rgb '#59636e' font ',11'
set label 'shared of 2M (refused: EFAULT: nothing was moved); MUST_RELOCATE (16) pinned of 2M (refused: EFAULT: nothing was' at screen 0.0222,0.0384 noenhanced textcolor rgb '#59636e' font ',11'
set label 'moved); MUST_RELOCATE (16) shared of 32M (refused: EFAULT: nothing was moved); and 5 more, in the CSV.' at screen 0.0222,0.0171 noenhanced textcolor rgb '#59636e' font ',11'
set label 'ordinary move' at screen 0.0333,0.9075 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label 'RELOCATE (8)' at screen 0.2069,0.9075 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 11 pointsize 0.8 linecolor rgb '#6d4fc4' offset character 1.2,-0.25
set label 'MUST_RELOCATE (16)' at screen 0.3708,0.9075 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label 'booted with relocation always' at screen 0.5931,0.9075 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 15 pointsize 0.8 linecolor rgb '#c2334d' offset character 1.2,-0.25
set label '4K' at screen 0.1286,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'empty' at screen 0.1834,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K' at screen 0.2382,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K, half' at screen 0.2930,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '64K' at screen 0.3478,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M' at screen 0.4026,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'empty' at screen 0.4573,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K' at screen 0.5121,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K, half' at screen 0.5669,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '64K' at screen 0.6217,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M' at screen 0.6765,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'empty' at screen 0.7313,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'shared' at screen 0.7860,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'pinned' at screen 0.8408,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'shared' at screen 0.8956,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'pinned' at screen 0.9504,0.2504 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K' at screen 0.1560,0.1599 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '2M' at screen 0.3478,0.1599 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '32M' at screen 0.6217,0.1599 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'falls back (2M)' at screen 0.8134,0.1599 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'falls back (32M)' at screen 0.9167,0.1385 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'one call, relative to the ordinary move' at screen 0.1013,0.8578 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 6.5, graph 0 to first 6.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 11.5, graph 0 to first 11.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 13.5, graph 0 to first 13.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.8450
set bmargin at screen 0.5747
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:15.5] noextend
set yrange [0.6727714605:626.8334282] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('1' 1, '10' 10, '100' 100)
set label '×1.02' at screen 0.1241,0.6060 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1' at screen 0.1789,0.6053 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×9.87' at screen 0.2337,0.6958 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×5.43' at screen 0.2885,0.6722 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×2.06' at screen 0.3433,0.6339 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.18' at screen 0.3980,0.6117 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1' at screen 0.4528,0.6053 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×142' at screen 0.5076,0.8011 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×71.4' at screen 0.5624,0.7740 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×17.9' at screen 0.6172,0.7193 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×3.82' at screen 0.6720,0.6582 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1' at screen 0.7267,0.6053 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.09' at screen 0.7815,0.6086 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×8.98' at screen 0.8363,0.6921 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×2.41' at screen 0.8911,0.6400 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×128' at screen 0.9459,0.7970 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot 1 with lines linecolor rgb '#59636e' linewidth 1 dashtype 2, \
     $series1 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#e3e6ea' linewidth 3, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.8, \
     $series3 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#e3e6ea' linewidth 3, \
     $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with points linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $series5 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#e3e6ea' linewidth 3, \
     $series5 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#c2334d' linewidth 1 pointtype 15 pointsize 0, \
     $series5 using 1:2 with points linetype 1 linecolor rgb '#c2334d' linewidth 1.5 pointtype 15 pointsize 0.8
unset label
unset arrow
set label 'instructions of one call, by page of 4 KiB that is there' at screen 0.1013,0.5448 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 6.5, graph 0 to first 6.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 11.5, graph 0 to first 11.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 13.5, graph 0 to first 13.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.5320
set bmargin at screen 0.2617
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:15.5] noextend
set yrange [0.8974670968:228403.851] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('1' 1, '10' 10, '100' 100, '1,000' 1000, '10,000' 10000, '100,000' 100000)
set label '15,000' at screen 0.1151,0.4352 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '29.3' at screen 0.2246,0.3524 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '58.6' at screen 0.2794,0.3674 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '29.3' at screen 0.3342,0.3197 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '29.3' at screen 0.3890,0.3197 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '1.8' at screen 0.4986,0.2923 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '3.7' at screen 0.5533,0.3074 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '1.8' at screen 0.6081,0.2923 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '29.3' at screen 0.7725,0.3524 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '29.3' at screen 0.8273,0.3524 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '1.8' at screen 0.9368,0.2923 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '289' at screen 0.2337,0.4021 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '319' at screen 0.2885,0.4042 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '60.5' at screen 0.3433,0.3681 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '34.5' at screen 0.3980,0.3559 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '262' at screen 0.5076,0.3999 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '264' at screen 0.5624,0.4001 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '33' at screen 0.6172,0.3550 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '7' at screen 0.6720,0.3214 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '31.9' at screen 0.7815,0.3215 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '263' at screen 0.8363,0.4000 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '4.4' at screen 0.8911,0.3114 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '236' at screen 0.9459,0.3976 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.8, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series2 using 1:2 with points linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.8, \
     $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series4 using 1:2 with points linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $series6 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#c2334d' linewidth 1 pointtype 15 pointsize 0, \
     $series6 using 1:2 with points linetype 1 linecolor rgb '#c2334d' linewidth 1.5 pointtype 15 pointsize 0.8
unset multiplot
unset output
set terminal svg size 720,703 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './relocation-insn-run6-dark.svg'
set multiplot
unset label
unset arrow
set label 'What relocation costs over an ordinary move' at screen 0.0222,0.9687 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 7.3-relocation (7.3.4) · run 6 · insn: instructions executed; sees no cache, TLB or IPI' at screen 0.0222,0.9374 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'By size and folio. Cut: the range ends inside 2M folios. Falls back: what RELOCATE can’t do is undone and moved' at screen 0.0222,0.0811 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'ordinarily; MUST is refused. 1 runs passed over: their kernels have no such flags. 8 gaps: MUST_RELOCATE (16)' at screen 0.0222,0.0597 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'shared of 2M (refused: EFAULT: nothing was moved); MUST_RELOCATE (16) pinned of 2M (refused: EFAULT: nothing was' at screen 0.0222,0.0384 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'moved); MUST_RELOCATE (16) shared of 32M (refused: EFAULT: nothing was moved); and 5 more, in the CSV.' at screen 0.0222,0.0171 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'ordinary move' at screen 0.0333,0.9075 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#b8c0ca' offset character 1.2,-0.25
set label 'RELOCATE (8)' at screen 0.2069,0.9075 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 11 pointsize 0.8 linecolor rgb '#b39bff' offset character 1.2,-0.25
set label 'MUST_RELOCATE (16)' at screen 0.3708,0.9075 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' offset character 1.2,-0.25
set label 'booted with relocation always' at screen 0.5931,0.9075 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 15 pointsize 0.8 linecolor rgb '#ff7a90' offset character 1.2,-0.25
set label '4K' at screen 0.1286,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label 'empty' at screen 0.1834,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '4K' at screen 0.2382,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '4K, half' at screen 0.2930,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '64K' at screen 0.3478,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '2M' at screen 0.4026,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label 'empty' at screen 0.4573,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '4K' at screen 0.5121,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '4K, half' at screen 0.5669,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '64K' at screen 0.6217,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '2M' at screen 0.6765,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label 'empty' at screen 0.7313,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label 'shared' at screen 0.7860,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label 'pinned' at screen 0.8408,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label 'shared' at screen 0.8956,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label 'pinned' at screen 0.9504,0.2504 noenhanced font ',11' textcolor rgb '#e6e9ed' rotate by 90 right
set label '4K' at screen 0.1560,0.1599 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '2M' at screen 0.3478,0.1599 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '32M' at screen 0.6217,0.1599 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'falls back (2M)' at screen 0.8134,0.1599 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'falls back (32M)' at screen 0.9167,0.1385 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'one call, relative to the ordinary move' at screen 0.1013,0.8578 noenhanced textcolor rgb '#e6e9ed' font ',12'
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 6.5, graph 0 to first 6.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 11.5, graph 0 to first 11.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 13.5, graph 0 to first 13.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.8450
set bmargin at screen 0.5747
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:15.5] noextend
set yrange [0.6727714605:626.8334282] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('1' 1, '10' 10, '100' 100)
set label '×1.02' at screen 0.1241,0.6060 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1' at screen 0.1789,0.6053 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×9.87' at screen 0.2337,0.6958 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×5.43' at screen 0.2885,0.6722 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×2.06' at screen 0.3433,0.6339 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1.18' at screen 0.3980,0.6117 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1' at screen 0.4528,0.6053 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×142' at screen 0.5076,0.8011 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×71.4' at screen 0.5624,0.7740 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×17.9' at screen 0.6172,0.7193 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×3.82' at screen 0.6720,0.6582 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1' at screen 0.7267,0.6053 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1.09' at screen 0.7815,0.6086 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×8.98' at screen 0.8363,0.6921 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×2.41' at screen 0.8911,0.6400 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×128' at screen 0.9459,0.7970 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot 1 with lines linecolor rgb '#a2abb6' linewidth 1 dashtype 2, \
     $series1 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#2d333b' linewidth 3, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b39bff' linewidth 1 pointtype 11 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#b39bff' linewidth 1.5 pointtype 11 pointsize 0.8, \
     $series3 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#2d333b' linewidth 3, \
     $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with points linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $series5 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#2d333b' linewidth 3, \
     $series5 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff7a90' linewidth 1 pointtype 15 pointsize 0, \
     $series5 using 1:2 with points linetype 1 linecolor rgb '#ff7a90' linewidth 1.5 pointtype 15 pointsize 0.8
unset label
unset arrow
set label 'instructions of one call, by page of 4 KiB that is there' at screen 0.1013,0.5448 noenhanced textcolor rgb '#e6e9ed' font ',12'
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 6.5, graph 0 to first 6.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 11.5, graph 0 to first 11.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 13.5, graph 0 to first 13.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.5320
set bmargin at screen 0.2617
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:15.5] noextend
set yrange [0.8974670968:228403.851] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('1' 1, '10' 10, '100' 100, '1,000' 1000, '10,000' 10000, '100,000' 100000)
set label '15,000' at screen 0.1151,0.4352 noenhanced textcolor rgb '#e6e9ed' center rotate by 90 font ',10' front
set label '29.3' at screen 0.2246,0.3524 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '58.6' at screen 0.2794,0.3674 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '29.3' at screen 0.3342,0.3197 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '29.3' at screen 0.3890,0.3197 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '1.8' at screen 0.4986,0.2923 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '3.7' at screen 0.5533,0.3074 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '1.8' at screen 0.6081,0.2923 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '29.3' at screen 0.7725,0.3524 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '29.3' at screen 0.8273,0.3524 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '1.8' at screen 0.9368,0.2923 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '289' at screen 0.2337,0.4021 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '319' at screen 0.2885,0.4042 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '60.5' at screen 0.3433,0.3681 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '34.5' at screen 0.3980,0.3559 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '262' at screen 0.5076,0.3999 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '264' at screen 0.5624,0.4001 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '33' at screen 0.6172,0.3550 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '7' at screen 0.6720,0.3214 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '31.9' at screen 0.7815,0.3215 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '263' at screen 0.8363,0.4000 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '4.4' at screen 0.8911,0.3114 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '236' at screen 0.9459,0.3976 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#b8c0ca' linewidth 1.5 pointtype 6 pointsize 0.8, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b39bff' linewidth 1 pointtype 11 pointsize 0, \
     $series2 using 1:2 with points linetype 1 linecolor rgb '#b39bff' linewidth 1.5 pointtype 11 pointsize 0.8, \
     $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series4 using 1:2 with points linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $series6 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff7a90' linewidth 1 pointtype 15 pointsize 0, \
     $series6 using 1:2 with points linetype 1 linecolor rgb '#ff7a90' linewidth 1.5 pointtype 15 pointsize 0.8
unset multiplot
unset output
